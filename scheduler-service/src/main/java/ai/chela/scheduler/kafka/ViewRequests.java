package ai.chela.scheduler.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.schedule.ScheduleViewed;
import ai.chela.contracts.view.ViewRequested;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.trigger.Trigger;
import ai.chela.scheduler.trigger.TriggerStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Answers what a person asks to see. A question that cannot be answered is logged; the gateway asks again or times out. */
@ApplicationScoped
public class ViewRequests {
    private static final Logger LOG = Logger.getLogger(ViewRequests.class);

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

    @Incoming("view-requested")
    public Uni<Void> onViewRequested(ConsumerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .deferred(() -> {
                    Envelope envelope = KafkaRecords.envelope(record);
                    ViewRequested request = WireJson.read(record.value(), ViewRequested.class);
                    return switch (request.kind()) {
                        case MEMORIES -> Uni.createFrom().voidItem();
                        case TRIGGERS -> answer(Origin.of(envelope), request);
                    };
                })
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "view.unanswered partition=%d offset=%d cause=%s",
                        record.partition(), record.offset(), failure.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> answer(Origin origin, ViewRequested request) {
        String person = origin.principal().person();
        return transactions
                .run(
                        "view.triggers",
                        origin,
                        unit -> triggers.list(unit, person, SHOWN)
                                .chain(found -> triggers.count(unit, person)
                                        .map(total -> new ScheduleViewed(
                                                request.requestId(),
                                                request.instance(),
                                                found.stream()
                                                        .map(Trigger::view)
                                                        .toList(),
                                                total))))
                .chain(viewed -> sender.send(
                        Topic.SCHEDULE_VIEWED, origin, Ids.derive(request.requestId(), "viewed"), null, viewed));
    }
}
