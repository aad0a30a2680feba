package ai.chela.scheduler.trigger;

import ai.chela.contracts.Principal;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.Timing;
import ai.chela.contracts.schedule.TriggerView;
import ai.chela.kit.tenancy.Origin;
import ai.chela.scheduler.due.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens later on behalf of a person.
 *
 * @param handle {@code t-N} for a reminder, {@code w-N} for a watch; N counts per tenant and form
 * @param zone an IANA zone that exists
 * @param text what it says, or the URL that it watches
 * @param task what it does when it is due
 * @param madeAt when it was asked for, in whole milliseconds
 * @param dueAt the oldest due time that was not served; null when it is not active, and for a watch
 */
public record Trigger(
        String tenant,
        String id,
        String handle,
        State state,
        String owner,
        String conversation,
        String zone,
        String language,
        String text,
        Task task,
        Instant madeAt,
        @Nullable Instant dueAt) {

    /** What a trigger does. */
    public sealed interface Task {}

    /** Says, asks or does something at times. */
    public record Reminding(
            ScheduleRequested.Action action,
            Timing timing,
            @Nullable LocalDate until) implements Task {}

    /** Asks a URL at an interval. */
    public record Watching(Duration interval) implements Task {}

    /** Where a trigger is in its life. The last two are for good. */
    public enum State {
        ACTIVE,
        PAUSED,
        FINISHED,
        CANCELLED;

        public boolean ended() {
            return switch (this) {
                case ACTIVE, PAUSED -> false;
                case FINISHED, CANCELLED -> true;
            };
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The due times of a reminder. */
    public Schedule schedule(Reminding reminding) {
        return new Schedule(reminding.timing(), ZoneId.of(zone), reminding.until(), madeAt);
    }

    /** The same in another state; {@code due} is null unless it is an active reminder. */
    public Trigger with(State newState, @Nullable Instant due) {
        return new Trigger(tenant, id, handle, newState, owner, conversation, zone, language, text, task, madeAt, due);
    }

    /** Who acts when it fires: the trigger, for its owner. */
    public Origin origin(@Nullable String traceparent) {
        Principal principal = new Principal("trigger:" + handle, owner);
        return new Origin(tenant, principal, conversation, null, null, traceparent);
    }

    /** {@code remind}, {@code ask}, {@code do} or {@code watch}. */
    public String kind() {
        return switch (task) {
            case Reminding reminding -> reminding.action().name().toLowerCase(Locale.ROOT);
            case Watching _ -> "watch";
        };
    }

    /** As it is shown; a watch has an interval instead of next times. */
    public TriggerView view() {
        return switch (task) {
            case Reminding r -> view(r.timing(), null, r.until(), nextTimes(r));
            case Watching(var interval) -> view(null, interval, null, List.of());
        };
    }

    private TriggerView view(
            @Nullable Timing timing, @Nullable Duration interval, @Nullable LocalDate until, List<Instant> next) {
        return new TriggerView(
                handle, kind(), text, timing, interval, until, zone, state.word(), next, conversation, owner);
    }

    private List<Instant> nextTimes(Reminding reminding) {
        if (dueAt == null) return List.of();
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(Objects.requireNonNull(dueAt)),
                        schedule(reminding).upcoming(dueAt, 2).stream())
                .toList();
    }
}
