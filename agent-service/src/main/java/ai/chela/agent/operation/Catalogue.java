package ai.chela.agent.operation;

import ai.chela.contracts.tool.ToolDeclared;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a model may be offered: our own operations and the tools that the runners have declared. Thread-safe. */
@ApplicationScoped
public class Catalogue {
    /** An operation as a model is told of it; {@code schema} is the JSON Schema of its arguments. */
    public record Offer(String name, String description, Map<String, Object> schema) {}

    private static final List<Offer> OWN = List.of(
            new Offer(
                    "memory.remember",
                    "Remember a sentence for this person (or for the room), exactly as given. Only what the person said.",
                    object(Map.of("text", string("the sentence")), "text")),
            new Offer(
                    "memory.recall",
                    "Look up what was remembered. Returns facts with who said them and when.",
                    object(Map.of("query", string("what to look for")), "query")),
            new Offer(
                    "memory.correct",
                    "Replace the value in the memory that was recalled last.",
                    object(Map.of("value", string("the new value, or the whole new sentence")), "value")),
            new Offer(
                    "memory.forget",
                    "Forget for good the one memory that answers the query.",
                    object(Map.of("query", string("which memory")), "query")),
            new Offer("memory.list", "List the person's memories.", object(Map.of())),
            new Offer(
                    "schedule.remind",
                    "Say (REMIND), ask (ASK) or do (DO) something later in this conversation. timing.kind is one of:"
                            + " once {at: ISO instant}, every {interval: ISO duration}, daily {time}, weekly {days, time},"
                            + " monthly {day, time}, month-end {time}, cron {expression}. Times are HH:mm in the person's zone.",
                    object(
                            Map.of(
                                    "timing",
                                    Map.of(
                                            "type",
                                            "object",
                                            "properties",
                                            Map.of(
                                                    "kind",
                                                    Map.of(
                                                            "type",
                                                            "string",
                                                            "enum",
                                                            List.of(
                                                                    "once",
                                                                    "every",
                                                                    "daily",
                                                                    "weekly",
                                                                    "monthly",
                                                                    "month-end",
                                                                    "cron")),
                                                    "at",
                                                    string("instant, for once"),
                                                    "interval",
                                                    string("for every, e.g. PT20M"),
                                                    "time",
                                                    string("HH:mm"),
                                                    "days",
                                                    Map.of("type", "array", "items", string("MONDAY to SUNDAY")),
                                                    "day",
                                                    Map.of("type", "integer"),
                                                    "expression",
                                                    string("five fields of cron")),
                                            "required",
                                            List.of("kind")),
                                    "until",
                                    string("last date, e.g. 2026-12-31"),
                                    "action",
                                    Map.of("type", "string", "enum", List.of("REMIND", "ASK", "DO")),
                                    "text",
                                    string("what to say, ask or do")),
                            "timing",
                            "text")),
            new Offer("schedule.list", "List the person's reminders and watches.", object(Map.of())),
            new Offer("schedule.pause", "Pause a reminder or watch.", object(handle(), "handle")),
            new Offer("schedule.resume", "Resume a paused one.", object(handle(), "handle")),
            new Offer("schedule.cancel", "Cancel one.", object(handle(), "handle")),
            new Offer(
                    "watch.create",
                    "Ask a URL at an interval and tell this conversation when it fails or recovers.",
                    object(
                            Map.of(
                                    "url", string("http or https"),
                                    "everySeconds", Map.of("type", "integer"),
                                    "expectedStatus", Map.of("type", "integer")),
                            "url")));

    private final Map<String, ToolDeclared> tools = new ConcurrentHashMap<>();

    public void declared(ToolDeclared tool) {
        tools.put(tool.name(), tool);
    }

    public Collection<ToolDeclared> tools() {
        return List.copyOf(tools.values());
    }

    /** Null when no runner has declared it. */
    public @Nullable ToolDeclared tool(String name) {
        return tools.get(name);
    }

    /** Names of the tools that are declared safe to repeat. */
    public Set<String> repeatable() {
        return tools.values().stream()
                .filter(ToolDeclared::repeatable)
                .map(ToolDeclared::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there is such an operation at all. */
    public boolean knows(String operation) {
        return tools.containsKey(operation)
                || OWN.stream().anyMatch(offer -> offer.name().equals(operation));
    }

    /** All that can be done now, in a stable order. */
    public List<Offer> offers() {
        List<Offer> offers = new ArrayList<>(OWN);
        tools.values().stream()
                .filter(tool -> tool.unavailable() == null)
                .sorted(Comparator.comparing(ToolDeclared::name))
                .forEach(tool -> offers.add(new Offer(tool.name(), tool.description(), tool.schema())));
        return offers;
    }

    private static Map<String, Object> object(Map<String, Object> properties, String... required) {
        return Map.of("type", "object", "properties", properties, "required", List.of(required));
    }

    private static Map<String, Object> handle() {
        return Map.of("handle", string("its handle, e.g. t-7"));
    }

    private static Map<String, Object> string(String description) {
        return Map.of("type", "string", "description", description);
    }
}
