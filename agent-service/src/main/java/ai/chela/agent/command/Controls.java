package ai.chela.agent.command;

import ai.chela.agent.approval.Approvals;
import ai.chela.agent.approval.Approvals.Approval;
import ai.chela.agent.config.AgentConfig;
import ai.chela.agent.journal.Journal;
import ai.chela.agent.journal.Steps;
import ai.chela.agent.journal.TurnRow;
import ai.chela.agent.model.ModelSettings;
import ai.chela.agent.operation.Catalogue;
import ai.chela.agent.person.People;
import ai.chela.agent.person.Preferences;
import ai.chela.agent.reply.Phrases;
import ai.chela.agent.turn.TurnEvent;
import ai.chela.agent.turn.TurnFlow;
import ai.chela.agent.turn.TurnInput;
import ai.chela.agent.turn.TurnState;
import ai.chela.contracts.Topic;
import ai.chela.contracts.approval.ApprovalDecided;
import ai.chela.contracts.turn.Reply;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that never queue: answered in the transaction that takes them in. */
@ApplicationScoped
public class Controls {
    private final TurnFlow flow;
    private final AgentConfig config;
    private final Catalogue catalogue;
    private final People people;

    public Controls(TurnFlow flow, AgentConfig config, Catalogue catalogue, People people) {
        this.flow = flow;
        this.config = config;
        this.catalogue = catalogue;
        this.people = people;
    }

    public Uni<Void> handle(UnitOfWork unit, TurnInput input, Command.Control control) {
        return Preferences.of(unit, input.speaker().id())
                .map(preference ->
                        preference == null || preference.language == null ? input.language() : preference.language)
                .map(preferred -> Phrases.in(Command.language(input.text(), preferred)))
                .chain(phrases -> handle(unit, input, control, phrases));
    }

    private Uni<Void> handle(UnitOfWork unit, TurnInput input, Command.Control control, Phrases phrases) {
        return switch (control) {
            case Command.Decide decide -> decide(unit, input, decide, phrases);
            case Command.Stop _ -> stop(unit, input, phrases);
            case Command.Status _ -> status(unit, input, phrases);
            case Command.ShowPlan _ ->
                Journal.lastAnswered(unit, input.conversation()).chain(row -> answer(unit, input, plan(row, phrases)));
            case Command.Why _ -> why(unit, input, phrases);
            case Command.Help _ -> answer(unit, input, phrases.help());
            case Command.Wrong(String command, String value, String allowed) ->
                answer(unit, input, phrases.settingWrong(command, value, allowed));
            case Command.Unknown(String command) -> answer(unit, input, phrases.unknownCommand(command));
        };
    }

    private static String plan(@Nullable TurnRow row, Phrases phrases) {
        return row == null || row.explanation() == null ? phrases.nothingYet() : row.explanation();
    }

    private static Uni<Void> answer(UnitOfWork unit, TurnInput input, String text) {
        return answer(unit, input.conversation(), String.valueOf(input.messageId()), text);
    }

    private static Uni<Void> answer(UnitOfWork unit, String conversation, String messageId, String text) {
        unit.audit("reply.given", messageId, "ok", text);
        return unit.publish(
                Topic.REPLY,
                Ids.derive(conversation, "answer", messageId),
                new Reply.Answer(messageId, text, null, Instant.now()));
    }

    private Uni<Void> decide(UnitOfWork unit, TurnInput input, Command.Decide decide, Phrases phrases) {
        String code = decide.code();
        String person = input.speaker().id();
        if (code != null)
            return Approvals.find(unit, code)
                    .chain(approval -> approval == null
                            ? unknown(unit, input, code, phrases)
                            : decide(unit, input, approval, decide.approve(), phrases));
        return Approvals.open(unit, person).chain(open -> {
            List<Approval> here = open.stream()
                    .filter(approval -> approval.conversation().equals(input.conversation()))
                    .toList();
            List<Approval> candidates = here.isEmpty() ? open : here;
            if (candidates.size() == 1) return decide(unit, input, candidates.getFirst(), decide.approve(), phrases);
            return Approvals.waiting(unit, person)
                    .chain(waiting -> answer(unit, input, phrases.approvalsOpen(waiting, input.conversation())));
        });
    }

    private static Uni<Void> unknown(UnitOfWork unit, TurnInput input, String code, Phrases phrases) {
        return Approvals.waiting(unit, input.speaker().id())
                .chain(waiting -> answer(unit, input, phrases.approvalUnknown(code, waiting, input.conversation())));
    }

    private Uni<Void> decide(UnitOfWork unit, TurnInput input, Approval approval, boolean approve, Phrases phrases) {
        String person = input.speaker().id();
        String code = approval.code();
        if (!mayDecide(unit, approval, person)) {
            unit.audit("approval.decided", code, "denied", null);
            return answer(unit, input, phrases.approvalNotYours(code));
        }
        if (!approval.state().equals("open"))
            return answer(unit, input, phrases.approvalClosed(code, approval.state()));
        if (!approval.expiresAt().isAfter(Instant.now()))
            return flow.on(unit, approval.turn(), _ -> new TurnEvent.Woken())
                    .chain(() -> answer(unit, input, phrases.approvalClosed(code, "expired")));
        boolean elsewhere = !approval.conversation().equals(input.conversation());
        unit.audit("approval.decided", code, approve ? "approved" : "denied", null);
        return flow.on(
                        unit,
                        approval.turn(),
                        _ -> new TurnEvent.Decided(code, approve, person, elsewhere ? null : input.messageId()))
                .chain(changed -> {
                    if (!changed) return answer(unit, input, phrases.approvalClosed(code, "closed"));
                    return elsewhere
                            ? answer(unit, input, phrases.decidedElsewhere(code, approve, approval.conversation()))
                            : Uni.createFrom().voidItem();
                });
    }

    private boolean mayDecide(UnitOfWork unit, Approval approval, String person) {
        return approval.requester().equals(person) || people.isOwner(unit.tenant(), person);
    }

    /** A decision that came by the API; what is wrong with it was answered there. */
    public Uni<Void> decided(UnitOfWork unit, Received<ApprovalDecided> received) {
        ApprovalDecided decided = received.payload();
        String person = received.envelope().principal().person();
        return Approvals.find(unit, decided.code()).chain(approval -> {
            boolean may = approval != null && mayDecide(unit, approval, person);
            unit.audit(
                    "approval.decided",
                    decided.code(),
                    !may ? "refused" : decided.approved() ? "approved" : "denied",
                    null);
            if (approval == null || !may) return Uni.createFrom().voidItem();
            return flow.on(
                            unit,
                            approval.turn(),
                            _ -> new TurnEvent.Decided(decided.code(), decided.approved(), person, null))
                    .replaceWithVoid();
        });
    }

    private Uni<Void> stop(UnitOfWork unit, TurnInput input, Phrases phrases) {
        return Journal.unfinished(unit, input.conversation()).chain(rows -> {
            if (rows.isEmpty()) return answer(unit, input, phrases.nothingToStop());
            Uni<Void> stopped = Uni.createFrom().voidItem();
            int approvals = 0;
            for (TurnRow row : rows) {
                if (row.state() instanceof TurnState.Parked) approvals++;
                stopped = stopped.chain(() -> flow.on(unit, row.id(), _ -> new TurnEvent.Stopped()))
                        .replaceWithVoid();
            }
            String text = phrases.stoppedTurns(rows.size(), approvals);
            return stopped.chain(() -> answer(unit, input, text));
        });
    }

    private Uni<Void> status(UnitOfWork unit, TurnInput input, Phrases phrases) {
        ModelSettings.Model model = config.models().chosen();
        List<String> unavailable = catalogue.tools().stream()
                .filter(tool -> tool.unavailable() != null)
                .map(tool -> tool.name() + ": " + tool.unavailable())
                .toList();
        List<String> problems = config.problems();
        return Journal.unfinished(unit, input.conversation())
                .chain(rows -> Approvals.open(unit, input.speaker().id())
                        .chain(open -> answer(
                                unit,
                                input,
                                phrases.status(new Phrases.StatusReport(
                                        model == null ? null : model.name() + " (" + model.model() + ")",
                                        "config/models.yaml",
                                        problems.isEmpty() ? null : String.join("; ", problems),
                                        catalogue.tools().size(),
                                        unavailable,
                                        rows.size(),
                                        open.stream()
                                                .map(a -> a.code() + " (" + a.operation() + ")")
                                                .toList())))));
    }

    private static Uni<Void> why(UnitOfWork unit, TurnInput input, Phrases phrases) {
        return Journal.lastAnswered(unit, input.conversation()).chain(row -> {
            if (row == null) return answer(unit, input, phrases.nothingYet());
            return Steps.of(unit, row.id())
                    .chain(steps -> answer(unit, input, phrases.why(WhyReports.of(row, steps), input.zone())));
        });
    }
}
