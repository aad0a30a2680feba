package ai.chela.agent.operation;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.planner.date.CronLine;
import ai.chela.agent.planner.grammar.Saying;
import ai.chela.agent.turn.TurnInput;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.ScheduleRequested.Action;
import ai.chela.contracts.schedule.ScheduleRequested.Verb;
import ai.chela.contracts.schedule.Timing;
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.WireJson;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operations as messages to the service that does them. Arguments may come from a model and are checked here; each method
 * throws {@link IllegalArgumentException} whose message names the argument and what is allowed.
 */
public final class Requests {
    private Requests() {}

    /** A change of triggers. {@code approved} is the code of the approval, null without one. */
    public static ScheduleRequested schedule(
            String callId, Operation operation, TurnInput input, String language, @Nullable String approved) {
        String zone = input.zone().getId();
        return switch (operation.name()) {
            case "schedule.remind" ->
                new ScheduleRequested.Remind(
                        callId,
                        timing(operation),
                        until(operation),
                        zone,
                        language,
                        action(operation),
                        text(operation, "text"));
            case "watch.create" ->
                new ScheduleRequested.Watch(
                        callId,
                        url(operation),
                        Duration.ofSeconds(number(operation, "everySeconds", 60, 5, 86_400)),
                        (int) number(operation, "expectedStatus", 200, 100, 599),
                        zone,
                        language,
                        approved);
            case "schedule.list" -> new ScheduleRequested.ListAll(callId);
            case "schedule.pause" -> change(callId, operation, Verb.PAUSE);
            case "schedule.resume" -> change(callId, operation, Verb.RESUME);
            case "schedule.cancel" -> change(callId, operation, Verb.CANCEL);
            case "schedule.run-now" -> change(callId, operation, Verb.RUN_NOW);
            default -> throw new IllegalArgumentException("no such operation: " + operation.name());
        };
    }

    /** Null when the operation is one that can be done with these arguments, otherwise what is wrong with it. */
    public static @Nullable String problem(Operation operation, TurnInput input, @Nullable String recalled) {
        try {
            switch (Doer.of(operation.name())) {
                case MEMORY -> MemoryRequests.of("check", operation, input, recalled, MemoryOrigin.SAID);
                case SCHEDULER -> schedule("check", operation, input, "en", null);
                case RECALL -> text(operation, "query");
                case PREFERENCE -> setting(operation);
                case AGENT, TOOL -> {}
            }
            return null;
        } catch (IllegalArgumentException e) {
            return operation.name() + ": " + e.getMessage();
        }
    }

    private static void setting(Operation operation) {
        switch (operation.name()) {
            case "settings.language" -> {
                if (!List.of("en", "zh").contains(text(operation, "language")))
                    throw new IllegalArgumentException("language: en or zh");
            }
            case "settings.timezone" -> {
                try {
                    ZoneId.of(text(operation, "zone"));
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException("zone: an IANA time zone such as Europe/Berlin", e);
                }
            }
            default -> throw new IllegalArgumentException("no such operation: " + operation.name());
        }
    }

    private static ScheduleRequested change(String callId, Operation operation, Verb verb) {
        return new ScheduleRequested.Change(callId, text(operation, "handle"), verb);
    }

    private static Timing timing(Operation operation) {
        if (!(operation.args().get("timing") instanceof Map<?, ?> timing))
            throw new IllegalArgumentException("timing: an object with \"kind\" is missing");
        try {
            return readable(WireJson.read(WireJson.bytes(timing), Timing.class));
        } catch (MalformedRecordException e) {
            throw new IllegalArgumentException("timing: " + e.getMessage(), e);
        }
    }

    private static Timing readable(Timing timing) {
        if (timing instanceof Timing.Cron(String expression) && CronLine.problem(expression) instanceof Saying problem)
            throw new IllegalArgumentException("timing.expression: " + problem.en());
        return timing;
    }

    private static @Nullable LocalDate until(Operation operation) {
        Object until = operation.args().get("until");
        if (until == null) return null;
        try {
            return LocalDate.parse(until.toString());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("until: a date such as 2026-12-31", e);
        }
    }

    private static Action action(Operation operation) {
        Object action = operation.args().getOrDefault("action", "REMIND");
        try {
            return Action.valueOf(action.toString().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("action: REMIND, ASK or DO", e);
        }
    }

    private static String url(Operation operation) {
        String url = text(operation, "url");
        try {
            String scheme = URI.create(url).getScheme();
            if ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) return url;
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new IllegalArgumentException("url: an http or https address");
    }

    static String text(Operation operation, String name) {
        if (operation.args().get(name) instanceof String text && !text.isBlank()) return text;
        throw new IllegalArgumentException(name + ": a text is missing");
    }

    private static long number(Operation operation, String name, long otherwise, long min, long max) {
        Object value = operation.args().getOrDefault(name, otherwise);
        if (value instanceof Number number && number.longValue() >= min && number.longValue() <= max)
            return number.longValue();
        throw new IllegalArgumentException(name + ": a number from " + min + " to " + max);
    }
}
