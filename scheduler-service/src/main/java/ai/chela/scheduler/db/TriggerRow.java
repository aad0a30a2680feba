package ai.chela.scheduler.db;

import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.contracts.schedule.Timing;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.trigger.Trigger;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code trigger}. */
@Entity
@Table(name = "trigger")
public class TriggerRow {
    @EmbeddedId
    TenantId key = new TenantId();

    String handle = "";
    String state = "";
    String owner = "";
    String conversation = "";
    String zone = "";
    String language = "";
    String body = "";

    @Nullable
    String action;

    @Nullable
    String timing;

    @Column(name = "until_date")
    @Nullable
    LocalDate until;

    @Column(name = "every_millis")
    @Nullable
    Long everyMillis;

    @Column(name = "made_at")
    Instant madeAt = Instant.EPOCH;

    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @Column(name = "wake_at")
    @Nullable
    Instant wakeAt;

    @Column(name = "ended_at")
    @Nullable
    Instant endedAt;

    static TriggerRow of(Trigger trigger) {
        TriggerRow row = new TriggerRow();
        row.key = new TenantId(trigger.tenant(), trigger.id());
        row.handle = trigger.handle();
        row.owner = trigger.owner();
        row.conversation = trigger.conversation();
        row.zone = trigger.zone();
        row.language = trigger.language();
        row.body = trigger.text();
        row.madeAt = trigger.madeAt();
        switch (trigger.task()) {
            case Trigger.Reminding(var action, var timing, var until) -> {
                row.action = action.name();
                row.timing = WireJson.text(timing);
                row.until = until;
            }
            case Trigger.Watching(var interval) -> row.everyMillis = interval.toMillis();
        }
        row.become(trigger);
        return row;
    }

    /** Takes over what changes in a trigger's life. */
    void become(Trigger trigger) {
        state = trigger.state().name();
        dueAt = trigger.dueAt();
        wakeAt = trigger.dueAt();
        if (trigger.state().ended() && endedAt == null) endedAt = Instant.now();
    }

    Trigger trigger() {
        return new Trigger(
                key.tenant(),
                key.id(),
                handle,
                Trigger.State.valueOf(state),
                owner,
                conversation,
                zone,
                language,
                body,
                task(),
                madeAt,
                dueAt);
    }

    private Trigger.Task task() {
        if (everyMillis != null) return new Trigger.Watching(Duration.ofMillis(everyMillis));
        return new Trigger.Reminding(
                ScheduleRequested.Action.valueOf(Objects.requireNonNull(action)),
                WireJson.read(Objects.requireNonNull(timing), Timing.class),
                until);
    }
}
