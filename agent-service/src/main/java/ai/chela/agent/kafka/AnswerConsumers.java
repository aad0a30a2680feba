package ai.chela.agent.kafka;

import ai.chela.agent.journal.Journal;
import ai.chela.agent.journal.Steps;
import ai.chela.agent.journal.TurnRow;
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
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.kit.wire.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Takes in what the other services answer. */
@ApplicationScoped
public class AnswerConsumers {
    private final Transactions transactions;
    private final TurnFlow flow;
    private final Catalogue catalogue;
    private final People people;

    public AnswerConsumers(Transactions transactions, TurnFlow flow, Catalogue catalogue, People people) {
        this.transactions = transactions;
        this.flow = flow;
        this.catalogue = catalogue;
        this.people = people;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.TOOL_COMPLETED, ToolCompleted.class, this::tool);
        topics.inbox(Topic.MEMORY_CHANGED, MemoryChanged.class, this::memory);
        topics.inbox(Topic.SCHEDULE_CHANGED, ScheduleChanged.class, this::schedule);
        topics.direct(Topic.RECALL_COMPLETED, RecallCompleted.class, this::recalled);
        topics.direct(Topic.TOOL_DECLARED, ToolDeclared.class, (_, tool) -> {
            catalogue.declared(tool);
            return Uni.createFrom().voidItem();
        });
        topics.direct(Topic.PERSON_CHANGED, PersonChanged.class, (envelope, person) -> {
            people.changed(envelope.tenant(), person);
            return Uni.createFrom().voidItem();
        });
    }

    Uni<Void> tool(UnitOfWork unit, Received<ToolCompleted> received) {
        ToolCompleted tool = received.payload();
        return completed(unit, received.envelope(), tool.callId(), (_, _) -> Results.of(tool));
    }

    private Uni<Void> memory(UnitOfWork unit, Received<MemoryChanged> received) {
        MemoryChanged changed = received.payload();
        return noted(unit, received.envelope(), changed)
                .chain(() -> completed(
                        unit,
                        received.envelope(),
                        changed.callId(),
                        (row, language) -> Results.of(changed, row.input(), language)));
    }

    private Uni<Void> schedule(UnitOfWork unit, Received<ScheduleChanged> received) {
        ScheduleChanged changed = received.payload();
        return completed(
                unit,
                received.envelope(),
                changed.callId(),
                (row, language) -> Results.of(changed, row.input(), language));
    }

    /** A question's answer needs no inbox: one that comes twice finds the call done. */
    private Uni<Void> recalled(Envelope envelope, RecallCompleted recalled) {
        return transactions.run("recall.completed", Origin.of(envelope), unit -> {
            String memory = recalled.certain() ? recalled.facts().getFirst().id() : null;
            Uni<Void> noted = memory == null || envelope.conversation() == null
                    ? Uni.createFrom().voidItem()
                    : Journal.recalled(unit, envelope.conversation(), memory);
            return noted.chain(() -> completed(
                    unit, envelope, recalled.callId(), (row, language) -> Results.of(recalled, row, language)));
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
            case MemoryChanged.Explained explained ->
                Journal.recalled(
                        unit, conversation, explained.versions().getFirst().id());
            case MemoryChanged.LookedBack back ->
                Journal.recalled(unit, conversation, back.now().id());
            case MemoryChanged.Marked marked ->
                Journal.recalled(unit, conversation, marked.fact().id());
            case MemoryChanged.Forgotten _, MemoryChanged.ForgottenAll _ -> Journal.recalled(unit, conversation, null);
            case MemoryChanged.Ambiguous _,
                    MemoryChanged.NotFound _,
                    MemoryChanged.Refused _,
                    MemoryChanged.Confirm _,
                    MemoryChanged.Listed _,
                    MemoryChanged.Exported _,
                    MemoryChanged.Habits _,
                    MemoryChanged.LearningSet _,
                    MemoryChanged.Reviewed _ -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> completed(
            UnitOfWork unit, Envelope envelope, String callId, BiFunction<TurnRow, String, CallResult> result) {
        String turn = envelope.turn();
        if (turn == null) return Uni.createFrom().voidItem();
        String[] outcome = {"ok"};
        return flow.on(unit, turn, row -> {
                    CallResult known = result.apply(row, language(row.state(), row.input()));
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
