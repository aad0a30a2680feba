package ai.chela.gateway.conversation;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.kit.tenancy.DatabaseFaults;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Accepts messages: stored, numbered, published and audited in one transaction, once per id. */
@ApplicationScoped
public class Intake {
    /** What became of a message that was handed in. */
    public sealed interface Outcome {
        /** It is owed an answer; {@code number} is its event's. */
        record Accepted(long number) implements Outcome {}

        /** The same message was accepted before, under that number. */
        record Repeated(long number) implements Outcome {}

        /** Another text was accepted under its id before. */
        record Conflicting() implements Outcome {}
    }

    private final Transactions transactions;
    private final EventStreams streams;
    private final MeterRegistry meters;
    private final String tenant;

    public Intake(
            Transactions transactions,
            EventStreams streams,
            MeterRegistry meters,
            @ConfigProperty(name = "chela.tenant") String tenant) {
        this.transactions = transactions;
        this.streams = streams;
        this.meters = meters;
        this.tenant = tenant;
    }

    /** Accepts a message; when the result is there it is stored durably. */
    public Uni<Outcome> accept(Incoming incoming) {
        return accept(incoming, null);
    }

    /**
     * As {@link #accept(Incoming)}, of a conversation on a chat platform.
     *
     * @param address where its answers go; null when it is read here
     */
    public Uni<Outcome> accept(Incoming incoming, @Nullable String address) {
        Origin origin = Origin.first(
                        tenant,
                        Principal.person(incoming.person().id()),
                        incoming.conversation().wire())
                .withTrace(incoming.traceparent());
        String hash = Ids.derive(incoming.text());
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return transactions
                .run(
                        "message.accept",
                        origin,
                        unit -> ConversationStore.accept(unit, incoming, address, hash, at)
                                .chain(event -> event == null
                                        ? repeated(unit, incoming, hash)
                                        : accepted(unit, incoming, event, at)))
                .onFailure(DatabaseFaults::isDuplicate)
                .retry()
                .atMost(2);
    }

    private Uni<Outcome> accepted(UnitOfWork unit, Incoming incoming, StoredEvent event, Instant at) {
        unit.audit("message.accepted", incoming.messageId(), "ok", incoming.text());
        unit.afterCommit(() -> {
            meters.counter("chela.messages.accepted", "channel", incoming.channel())
                    .increment();
            streams.stored(unit.origin(), incoming.conversation(), event);
        });
        return unit.publish(Topic.MESSAGE_RECEIVED, id(unit, incoming), received(incoming, at))
                .replaceWith(new Outcome.Accepted(event.number()));
    }

    private static Uni<Outcome> repeated(UnitOfWork unit, Incoming incoming, String hash) {
        return ConversationStore.earlier(unit, incoming)
                .map(earlier -> earlier.hash().equals(hash)
                        ? new Outcome.Repeated(earlier.number())
                        : new Outcome.Conflicting());
    }

    private static String id(UnitOfWork unit, Incoming incoming) {
        return Ids.derive(unit.tenant(), "message", incoming.conversation().wire(), incoming.messageId());
    }

    private static MessageReceived received(Incoming incoming, Instant at) {
        return new MessageReceived(
                incoming.messageId(),
                incoming.channel(),
                incoming.text(),
                incoming.person().speaker(),
                false,
                incoming.mode(),
                incoming.context(),
                incoming.laterArrives(),
                at);
    }
}
