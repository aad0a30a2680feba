package ai.chela.agent.turn;

import ai.chela.agent.approval.Approvals;
import ai.chela.agent.command.Command;
import ai.chela.agent.config.AgentConfig;
import ai.chela.agent.journal.Journal;
import ai.chela.agent.journal.Steps;
import ai.chela.agent.journal.TurnRow;
import ai.chela.agent.model.ModelSettings;
import ai.chela.agent.operation.Catalogue;
import ai.chela.agent.person.Preferences;
import ai.chela.agent.planner.Derivation;
import ai.chela.agent.planner.Planned;
import ai.chela.agent.planner.Request;
import ai.chela.agent.reply.Phrases;
import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.Reply;
import ai.chela.contracts.turn.TurnCompleted;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the engine: reads a turn under its row's lock, applies an event, stores the new state and carries out the commands,
 * all in the caller's transaction.
 */
@ApplicationScoped
public class TurnFlow {
    private final AgentConfig config;
    private final Calls calls;
    private final ModelCalls modelCalls;
    private final Catalogue catalogue;
    private final MeterRegistry meters;

    public TurnFlow(AgentConfig config, Calls calls, ModelCalls modelCalls, Catalogue catalogue, MeterRegistry meters) {
        this.config = config;
        this.catalogue = catalogue;
        this.calls = calls;
        this.modelCalls = modelCalls;
        this.meters = meters;
    }

    /** Applies an event to a turn; does nothing when there is no such turn. True when its state changed. */
    public Uni<Boolean> on(UnitOfWork unit, String turn, Function<TurnRow, @Nullable TurnEvent> event) {
        return Journal.lock(unit, turn).chain(row -> {
            if (row == null) return Uni.createFrom().item(false);
            TurnEvent happened = event.apply(row);
            return happened == null ? Uni.createFrom().item(false) : apply(unit, row, happened);
        });
    }

    /** Begins a queued turn if it is its turn now. */
    public Uni<Void> begin(UnitOfWork unit, String turn) {
        return Journal.lockWaiting(unit, turn)
                .chain(waiting ->
                        waiting == null || !waiting.next() || !(waiting.row().state() instanceof TurnState.Queued)
                                ? Uni.createFrom().voidItem()
                                : begin(unit, waiting));
    }

    private Uni<Void> begin(UnitOfWork unit, Journal.Waiting waiting) {
        TurnRow personal = personal(waiting);
        return plan(unit, personal, waiting).chain(planned -> {
            TurnRow explained = new TurnRow(
                    personal.input(),
                    personal.seq(),
                    personal.state(),
                    personal.origin(),
                    personal.fence(),
                    explanation(personal, planned));
            return Steps.done(unit, personal.id(), Ids.derive(personal.id(), "plan"), "plan", method(planned))
                    .chain(() -> Approvals.toExplain(
                            unit, planned, personal.input().speaker().id()))
                    .chain(open -> apply(unit, explained, new TurnEvent.Begun(planned, open)))
                    .replaceWithVoid();
        });
    }

    /** The row with what the person has set for herself. */
    private static TurnRow personal(Journal.Waiting waiting) {
        TurnRow row = waiting.row();
        TurnInput input = row.input();
        TurnInput changed = new TurnInput(
                input.id(),
                input.conversation(),
                input.messageId(),
                input.trigger(),
                input.channel(),
                input.text(),
                input.speaker(),
                waiting.language() == null ? input.language() : waiting.language(),
                waiting.zone() == null ? input.zone() : zone(waiting.zone(), input.zone()),
                input.room(),
                input.mode(),
                input.context(),
                input.laterArrives());
        return new TurnRow(changed, row.seq(), row.state(), row.origin(), row.fence(), row.explanation());
    }

    private static ZoneId zone(String id, ZoneId otherwise) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException _) {
            return otherwise;
        }
    }

    private Uni<@Nullable Planned> plan(UnitOfWork unit, TurnRow row, Journal.Waiting waiting) {
        TurnInput input = row.input();
        if (input.mode() == Mode.PLAIN) return Uni.createFrom().nullItem();
        return switch (Command.parse(input.text())) {
            case null -> Uni.createFrom().item(() -> planned(input, facts(waiting), waiting.language()));
            case Command.Do(var operation) ->
                Uni.createFrom()
                        .item(new Planned.Plan(
                                List.of(operation),
                                new Derivation(List.of(new Derivation.Applied(operation)), List.of()),
                                Command.language(input.text(), input.language())));
            case Command.Fresh _ ->
                Journal.startFresh(unit, row)
                        .replaceWith(new Planned.Question(
                                Phrases.in(Command.language(input.text(), input.language()))
                                        .freshConversation(),
                                Command.language(input.text(), input.language())));
            case Command.Control _ -> throw new IllegalStateException("a control command has no turn");
        };
    }

    private Planned planned(TurnInput input, Set<String> holds, @Nullable String answerIn) {
        String text = input.text().startsWith("//") ? input.text().substring(1) : input.text();
        return config.currentPlanner()
                .plan(new Request(text, input.zone(), input.language(), Instant.now(), holds, answerIn));
    }

    private Set<String> facts(Journal.Waiting waiting) {
        Set<String> holds = new HashSet<>();
        if (waiting.recalled()) holds.add("recalled-fact");
        if (waiting.approvalOpen()) holds.add("pending-approval");
        if (config.models().chosen() != null) holds.add("model");
        return holds;
    }

    /** The one place where a turn moves. */
    Uni<Boolean> apply(UnitOfWork unit, TurnRow row, TurnEvent event) {
        return carryOut(unit, row, Engine.apply(row.input(), row.state(), event, around()));
    }

    /** A model call whose holder is gone is made again. */
    public Uni<Void> takeOver(UnitOfWork unit, TurnRow row, TurnState.Thinking thinking) {
        return carryOut(unit, row, Engine.takeOver(row.input(), thinking, around()))
                .replaceWithVoid();
    }

    private Surroundings around() {
        ModelSettings.Model model = config.models().chosen();
        return new Surroundings(
                Instant.now(),
                config.policy(),
                model == null ? null : model.name(),
                config.modelProblem(),
                catalogue.repeatable());
    }

    private Uni<Boolean> carryOut(UnitOfWork unit, TurnRow row, Engine.Next next) {
        if (next.state().equals(row.state()) && next.commands().isEmpty())
            return Uni.createFrom().item(false);
        Uni<Void> done =
                Journal.save(unit, row, next.state(), next.state().wakeAt().orElse(null), said(next));
        Origin origin = origin(unit, row);
        for (int i = 0; i < next.commands().size(); i++) {
            TurnCommand command = next.commands().get(i);
            int index = i;
            done = done.chain(() -> carryOut(unit, row, next.state(), origin, command, index));
        }
        if (next.state() instanceof TurnState.Finished(Progress progress)
                && !(row.state() instanceof TurnState.Finished))
            done = done.chain(() -> finished(unit, row, progress, next, origin));
        boolean says = said(next) != null;
        unit.afterCommit(() -> CrashPoints.reach(CrashPoint.JOURNAL_WRITE_AFTER));
        if (says) unit.afterCommit(() -> CrashPoints.reach(CrashPoint.REPLY_COMMIT_AFTER));
        return done.invoke(() -> {
                    CrashPoints.reach(CrashPoint.JOURNAL_WRITE_BEFORE);
                    if (says) CrashPoints.reach(CrashPoint.REPLY_COMMIT_BEFORE);
                })
                .replaceWith(true);
    }

    /** What these commands tell the person, null when nothing. */
    private static @Nullable String said(Engine.Next next) {
        List<String> texts = new ArrayList<>();
        for (TurnCommand command : next.commands()) {
            switch (command) {
                case TurnCommand.Answer answer -> texts.add(answer.text());
                case TurnCommand.Fail fail -> texts.add(fail.text());
                case TurnCommand.Request _,
                        TurnCommand.Prefer _,
                        TurnCommand.AskApproval _,
                        TurnCommand.CloseApproval _,
                        TurnCommand.AskModel _,
                        TurnCommand.ShowStep _ -> {}
            }
        }
        return texts.isEmpty() ? null : String.join("\n\n", texts);
    }

    /** The turn's own principal and conversation; cause and trace are those of the event, or of its message. */
    private static Origin origin(UnitOfWork unit, TurnRow row) {
        Origin event = unit.origin().cause() == null ? row.origin() : unit.origin();
        return new Origin(
                row.origin().tenant(),
                row.origin().principal(),
                row.input().conversation(),
                row.id(),
                event.cause(),
                event.traceparent());
    }

    private Uni<Void> carryOut(
            UnitOfWork unit, TurnRow row, TurnState state, Origin origin, TurnCommand command, int index) {
        return switch (command) {
            case TurnCommand.Request(Call call, Instant deadline) ->
                calls.request(unit, row, language(state), origin, call, deadline);
            case TurnCommand.Prefer(Call call) ->
                Preferences.set(unit, row.input().speaker().id(), call.operation());
            case TurnCommand.AskApproval(Call call, CallState.Asked asked) ->
                Approvals.ask(unit, row, origin, call, asked);
            case TurnCommand.CloseApproval(String code, var outcome, var by) ->
                Approvals.close(unit, origin, code, outcome, by);
            case TurnCommand.AskModel(int attempt) -> modelCalls.ask(unit, row, state, origin, attempt);
            case TurnCommand.Answer(var inReplyTo, String text, var awaiting) ->
                reply(unit, row, origin, index, inReplyTo, new Reply.Answer(inReplyTo, text, awaiting, Instant.now()));
            case TurnCommand.Fail(var inReplyTo, String code, String text) -> {
                meters.counter("chela.turns.failed", "code", code).increment();
                yield reply(
                        unit, row, origin, index, inReplyTo, new Reply.Failed(inReplyTo, code, text, Instant.now()));
            }
            case TurnCommand.ShowStep(var inReplyTo, String text) ->
                reply(unit, row, origin, index, inReplyTo, new Reply.Step(inReplyTo, text, Instant.now()));
        };
    }

    private static String language(TurnState state) {
        return switch (state) {
            case TurnState.Queued _ -> "en";
            case TurnState.Working(Progress progress) -> progress.language();
            case TurnState.Thinking(Progress progress, int _) -> progress.language();
            case TurnState.Parked(Progress progress) -> progress.language();
            case TurnState.Finished(Progress progress) -> progress.language();
        };
    }

    /** The id of the first answer to a message depends on the message alone, so that there can be only one. */
    private static Uni<Void> reply(
            UnitOfWork unit, TurnRow row, Origin origin, int index, @Nullable String inReplyTo, Reply reply) {
        boolean answer = !(reply instanceof Reply.Step);
        String id = answer && inReplyTo != null
                ? Ids.derive(row.input().conversation(), "answer", inReplyTo)
                : Ids.derive(row.id(), "said", String.valueOf(origin.cause()), index, reply.text());
        if (answer) unit.audit("reply.given", row.id(), reply instanceof Reply.Failed ? "failed" : "ok", reply.text());
        return unit.publish(Topic.REPLY, id, reply, origin);
    }

    private Uni<Void> finished(UnitOfWork unit, TurnRow row, Progress progress, Engine.Next next, Origin origin) {
        meters.counter("chela.turns.finished", "source", progress.source().name())
                .increment();
        unit.audit("turn.finished", row.id(), "ok", null);
        unit.afterCommit(calls::turnFinished);
        if (row.input().mode() == Mode.PLAIN || row.input().messageId() == null)
            return Uni.createFrom().voidItem();
        String answer = next.commands().stream()
                .filter(TurnCommand.Answer.class::isInstance)
                .map(command -> ((TurnCommand.Answer) command).text())
                .reduce((_, last) -> last)
                .orElse("");
        return unit.publish(
                Topic.TURN_COMPLETED,
                Ids.derive(row.id(), "completed"),
                new TurnCompleted(
                        row.input().speaker(),
                        row.input().room(),
                        row.input().text(),
                        answer,
                        progress.calls().stream()
                                .map(call -> call.operation().name())
                                .toList(),
                        Instant.now(),
                        config.models().forLearning() == null ? null : true),
                origin);
    }

    private static String method(@Nullable Planned planned) {
        return switch (planned) {
            case null -> "model";
            case Planned.Plan _ -> "planner";
            case Planned.Question _ -> "question";
            case Planned.NotUnderstood _ -> "not understood by the planner";
        };
    }

    private static String explanation(TurnRow row, @Nullable Planned planned) {
        return switch (planned) {
            case null -> "model";
            case Planned.Plan plan -> plan.derivation().render(row.input().language());
            case Planned.Question question -> "? " + question.text();
            case Planned.NotUnderstood not -> "? " + not.what();
        };
    }
}
