package ai.chela.agent.operation;

import static ai.chela.agent.operation.Requests.text;

import ai.chela.agent.planner.Operation;
import ai.chela.agent.turn.TurnInput;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.MemoryRequested;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of memory-service, as its messages. Arguments may come from a model and are checked here; each method throws
 * {@link IllegalArgumentException} whose message names the argument and what is allowed.
 */
public final class MemoryRequests {
    private MemoryRequests() {}

    /**
     * @param recalled id of the memory that was recalled last in the conversation, null without one; it is meant where no
     *     handle is given
     * @param origin what a text to be stored came from
     */
    public static MemoryRequested of(
            String callId, Operation operation, TurnInput input, @Nullable String recalled, MemoryOrigin origin) {
        boolean room = input.room();
        String by = input.speaker().name();
        return switch (operation.name()) {
            case "memory.remember" ->
                new MemoryRequested.Remember(callId, room, text(operation, "text"), by, stated(origin));
            case "memory.correct" ->
                new MemoryRequested.Correct(
                        callId, room, meant(operation, recalled), text(operation, "value"), by, stated(origin));
            case "memory.forget" -> new MemoryRequested.ForgetMatching(callId, room, text(operation, "query"));
            case "memory.forget-handles" -> new MemoryRequested.Forget(callId, room, texts(operation, "handles"));
            case "memory.forget-all" -> new MemoryRequested.ForgetAll(callId, room, confirmed(operation));
            case "memory.list" ->
                new MemoryRequested.ListAll(callId, room, page(operation), optional(operation, "tag"), null);
            case "memory.preferences" -> new MemoryRequested.ListAll(callId, room, null, null, true);
            case "memory.explain" -> new MemoryRequested.Explain(callId, room, meant(operation, recalled));
            case "memory.look-back" -> lookBack(callId, operation, input, recalled);
            case "memory.pin" -> new MemoryRequested.Pin(callId, room, meant(operation, recalled), true);
            case "memory.unpin" -> new MemoryRequested.Pin(callId, room, meant(operation, recalled), false);
            case "memory.expire" ->
                new MemoryRequested.Expire(callId, room, meant(operation, recalled), moment(operation, input));
            case "memory.keep" -> new MemoryRequested.Expire(callId, room, meant(operation, recalled), null);
            case "memory.tag" -> tag(callId, operation, room, recalled, true);
            case "memory.untag" -> tag(callId, operation, room, recalled, false);
            case "memory.settle" -> new MemoryRequested.Settle(callId, room, meant(operation, recalled));
            case "memory.export" -> new MemoryRequested.Export(callId, room, optional(operation, "after"));
            case "memory.habits" -> new MemoryRequested.ShowHabits(callId, room);
            case "memory.learning" ->
                new MemoryRequested.Learning(
                        callId, room, operation.args().get("on") instanceof Boolean on ? on : null);
            case "memory.review" -> new MemoryRequested.ShowReview(callId, room);
            default -> throw new IllegalArgumentException("no such operation: " + operation.name());
        };
    }

    /** A person's own word is what the message means when it says nothing else. */
    private static @Nullable MemoryOrigin stated(MemoryOrigin origin) {
        return origin == MemoryOrigin.SAID ? null : origin;
    }

    private static String meant(Operation operation, @Nullable String recalled) {
        String handle = optional(operation, "handle");
        if (handle != null) return handle;
        if (recalled == null) throw new IllegalArgumentException("handle: nothing was recalled, so name one, e.g. m-3");
        return recalled;
    }

    private static MemoryRequested lookBack(
            String callId, Operation operation, TurnInput input, @Nullable String recalled) {
        String query = optional(operation, "query");
        String at = optional(operation, "at");
        return new MemoryRequested.LookBack(
                callId,
                input.room(),
                query == null ? meant(operation, recalled) : null,
                query,
                at == null ? null : Moments.endOfPast(at, Instant.now(), input.zone()));
    }

    private static MemoryRequested tag(
            String callId, Operation operation, boolean room, @Nullable String recalled, boolean on) {
        String tag = text(operation, "tag").strip();
        if (tag.length() > 50) throw new IllegalArgumentException("tag: at most 50 characters");
        return new MemoryRequested.Tag(callId, room, meant(operation, recalled), tag, on);
    }

    private static Instant moment(Operation operation, TurnInput input) {
        Instant moment = operation.args().get("timing") instanceof Map<?, ?> timing
                ? Moments.once(timing)
                : Moments.read(text(operation, "when"), Instant.now(), input.zone());
        if (moment == null) throw new IllegalArgumentException("when: one moment, e.g. in 30 days");
        return moment;
    }

    private static @Nullable String optional(Operation operation, String name) {
        return operation.args().get(name) instanceof String text && !text.isBlank() ? text : null;
    }

    private static @Nullable Integer page(Operation operation) {
        if (!(operation.args().get("page") instanceof Number page)) return null;
        if (page.longValue() < 1 || page.longValue() > 10_000_000)
            throw new IllegalArgumentException("page: a number from 1");
        return page.intValue();
    }

    private static @Nullable Long confirmed(Operation operation) {
        return operation.args().get("confirmed") instanceof Number number ? number.longValue() : null;
    }

    private static List<String> texts(Operation operation, String name) {
        if (operation.args().get(name) instanceof List<?> list && !list.isEmpty())
            return list.stream().map(String::valueOf).toList();
        throw new IllegalArgumentException(name + ": a list is missing");
    }
}
