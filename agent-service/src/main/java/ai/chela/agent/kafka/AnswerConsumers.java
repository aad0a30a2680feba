package ai.chela.agent.kafka;

import ai.chela.agent.journal.Journal;
import ai.chela.agent.journal.Steps;
import ai.chela.agent.operation.Catalogue;
import ai.chela.agent.person.People;
import ai.chela.agent.turn.CallResult;
import ai.chela.agent.turn.Results;
import ai.chela.agent.turn.TurnEvent;
import ai.chela.agent.turn.TurnFlow;
import ai.chela.agent.turn.TurnInput;
import ai.chela.agent.turn.TurnState;
import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.schedule.ScheduleChanged;
import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolDeclared;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes in what the other services answer. */
@ApplicationScoped
public class AnswerConsumers {
    private static final Logger LOG = Logger.getLogger(AnswerConsumers.class);

    private final Inbox inbox;
    private final Transactions transactions;
    private final TurnFlow flow;
    private final Catalogue catalogue;
    private final People people;

    public AnswerConsumers(Inbox inbox, Transactions transactions, TurnFlow flow, Catalogue catalogue, People people) {
        this.inbox = inbox;
        this.transactions = transactions;
        this.flow = flow;
        this.catalogue = catalogue;
        this.people = people;
    }

    @Incoming("tool-completed")
    Uni<Void> onToolCompleted(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(
                Topic.TOOL_COMPLETED,
                ToolCompleted.class,
                record,
                (unit, received) -> completed(
                        unit,
                        received.envelope(),
                        received.payload().callId(),
                        (_, _) -> Results.of(received.payload())));
    }

    @Incoming("memory-changed")
    Uni<Void> onMemoryChanged(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(
                Topic.MEMORY_CHANGED,
                MemoryChanged.class,
                record,
                (unit, received) -> noted(unit, received.envelope(), received.payload())
                        .chain(() -> completed(
                                unit,
                                received.envelope(),
                                received.payload().callId(),
                                (input, language) -> Results.of(received.payload(), input, language))));
    }

    @Incoming("schedule-changed")
    Uni<Void> onScheduleChanged(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(
                Topic.SCHEDULE_CHANGED,
                ScheduleChanged.class,
                record,
                (unit, received) -> completed(
                        unit,
                        received.envelope(),
                        received.payload().callId(),
                        (input, language) -> Results.of(received.payload(), input, language)));
    }

    /** A question's answer needs no inbox: one that comes twice finds the call done. */
    @Incoming("recall-completed")
    Uni<Void> onRecallCompleted(ConsumerRecord<String, byte[]> record) {
        return unordered(
                record,
                RecallCompleted.class,
                (envelope, recalled) -> transactions.run("recall.completed", Origin.of(envelope), unit -> {
                    String memory =
                            recalled.certain() ? recalled.facts().getFirst().id() : null;
                    Uni<Void> noted = memory == null || envelope.conversation() == null
                            ? Uni.createFrom().voidItem()
                            : Journal.recalled(unit, envelope.conversation(), memory);
                    return noted.chain(() -> completed(
                            unit,
                            envelope,
                            recalled.callId(),
                            (input, language) -> Results.of(recalled, input, language)));
                }));
    }

    @Incoming("tool-declared")
    Uni<Void> onToolDeclared(ConsumerRecord<String, byte[]> record) {
        return unordered(record, ToolDeclared.class, (_, tool) -> {
            catalogue.declared(tool);
            return Uni.createFrom().voidItem();
        });
    }

    @Incoming("person-changed")
    Uni<Void> onPersonChanged(ConsumerRecord<String, byte[]> record) {
        return unordered(record, PersonChanged.class, (envelope, person) -> {
            people.changed(envelope.tenant(), person);
            return Uni.createFrom().voidItem();
        });
    }

    private static <T> Uni<Void> unordered(
            ConsumerRecord<String, byte[]> record, Class<T> type, BiFunction<Envelope, T, Uni<Void>> handler) {
        return Uni.createFrom()
                .deferred(() -> handler.apply(KafkaRecords.envelope(record), WireJson.read(record.value(), type)))
                .onFailure(MalformedRecordException.class)
                .recoverWithUni(failure -> {
                    LOG.errorf("record.malformed topic=%s cause=%s", record.topic(), failure.getMessage());
                    return Uni.createFrom().voidItem();
                })
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf(failure, "record.not-handled topic=%s; it will be asked again", record.topic());
                    return Uni.createFrom().voidItem();
                });
    }

    /** The memory that a correction made is the one that the next correction is about; what is forgotten is not. */
    private static Uni<Void> noted(UnitOfWork unit, Envelope envelope, MemoryChanged changed) {
        String conversation = envelope.conversation();
        if (conversation == null) return Uni.createFrom().voidItem();
        return switch (changed) {
            case MemoryChanged.Corrected corrected ->
                Journal.recalled(unit, conversation, corrected.after().id());
            case MemoryChanged.Remembered remembered ->
                Journal.recalled(unit, conversation, remembered.fact().id());
            case MemoryChanged.Forgotten _ -> Journal.recalled(unit, conversation, null);
            case MemoryChanged.Ambiguous _, MemoryChanged.NotFound _, MemoryChanged.Refused _, MemoryChanged.Listed _ ->
                Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> completed(
            UnitOfWork unit, Envelope envelope, String callId, BiFunction<TurnInput, String, CallResult> result) {
        String turn = envelope.turn();
        if (turn == null) return Uni.createFrom().voidItem();
        String[] outcome = {"ok"};
        return flow.on(unit, turn, row -> {
                    CallResult known = result.apply(row.input(), language(row.state(), row.input()));
                    outcome[0] = known.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                    return new TurnEvent.CallCompleted(callId, known);
                })
                .chain(() -> Steps.ended(unit, turn, callId, outcome[0], null));
    }

    private static String language(TurnState state, TurnInput input) {
        @Nullable
        String language = switch (state) {
            case TurnState.Working(var progress) -> progress.language();
            case TurnState.Parked(var progress) -> progress.language();
            case TurnState.Queued _, TurnState.Thinking _, TurnState.Finished _ -> null;
        };
        return language == null ? input.language().toLowerCase(Locale.ROOT) : language;
    }
}
