package ai.chela.scheduler.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.schedule.ScheduleViewed;
import ai.chela.contracts.view.ViewRequested;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.kit.wire.Ids;
import ai.chela.scheduler.trigger.Trigger;
import ai.chela.scheduler.trigger.TriggerStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Answers what a person asks to see. A question that cannot be answered is logged; the gateway asks again or times out. */
@ApplicationScoped
public class ViewRequests {
    /** A screenful; the total is told as well. */
    private static final int SHOWN = 100;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final TriggerStore triggers;
    private final DirectSender sender;

    public ViewRequests(Transactions transactions, TriggerStore triggers, DirectSender sender) {
        this.transactions = transactions;
        this.triggers = triggers;
        this.sender = sender;
    }

    void read(@Observes Subscriptions topics) {
        topics.direct(Topic.VIEW_REQUESTED, ViewRequested.class, this::asked);
    }

    private Uni<Void> asked(Envelope envelope, ViewRequested request) {
        return switch (request.kind()) {
            case MEMORIES -> Uni.createFrom().voidItem();
            case TRIGGERS ->
                answer(Origin.of(envelope), request).ifNoItem().after(LIMIT).fail();
        };
    }

    private Uni<Void> answer(Origin origin, ViewRequested request) {
        String person = origin.principal().person();
        return transactions
                .run(
                        "view.triggers",
                        origin,
                        unit -> triggers.list(unit, person, SHOWN)
                                .map(found -> new ScheduleViewed(
                                        request.requestId(),
                                        request.instance(),
                                        found.triggers().stream()
                                                .map(Trigger::view)
                                                .toList(),
                                        found.total())))
                .chain(viewed -> sender.send(
                        Topic.SCHEDULE_VIEWED, origin, Ids.derive(request.requestId(), "viewed"), null, viewed));
    }
}
