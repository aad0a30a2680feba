package ai.chela.agent.turn;

import ai.chela.agent.command.Command;
import ai.chela.agent.command.Controls;
import ai.chela.agent.journal.Journal;
import ai.chela.agent.person.People;
import ai.chela.agent.reply.Phrases;
import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.identity.PersonChanged;
import ai.chela.contracts.schedule.ScheduleRequested.Action;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import ai.chela.contracts.turn.Reply;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Where turns come from: messages of people, and triggers that are due. */
@ApplicationScoped
public class Intake {
    private static final int PERSON = 0;
    private static final int BACKGROUND = 1;

    private final Controls controls;
    private final People people;
    private final TurnLoops loops;

    public Intake(Controls controls, People people, TurnLoops loops) {
        this.controls = controls;
        this.people = people;
        this.loops = loops;
    }

    /** Takes a message in: a control command is answered at once, everything else queues in its conversation. */
    public Uni<Void> message(UnitOfWork unit, Received<MessageReceived> received) {
        Envelope envelope = received.envelope();
        MessageReceived message = received.payload();
        if (envelope.conversation() == null)
            return Uni.createFrom().failure(new IllegalArgumentException("a message without a conversation"));
        TurnInput input = input(envelope, envelope.conversation(), message);
        if (message.mode() == Mode.ASSISTANT && Command.parse(message.text()) instanceof Command.Control control)
            return controls.handle(unit, input, control);
        unit.afterCommit(() -> loops.queued(unit.tenant(), input.id()));
        return Journal.append(unit, input, unit.origin().withTurn(input.id()), PERSON);
    }

    /** The message can never be handled: its person is told, visibly. */
    public Uni<Void> dead(UnitOfWork unit, Envelope envelope, MessageReceived message) {
        return unit.publish(
                Topic.REPLY,
                Ids.derive(String.valueOf(envelope.conversation()), "answer", message.messageId()),
                new Reply.Failed(
                        message.messageId(),
                        "turn.broken",
                        Phrases.in(message.speaker().language()).broken(),
                        Instant.now()));
    }

    private static TurnInput input(Envelope envelope, String conversation, MessageReceived message) {
        Speaker speaker = message.speaker();
        return new TurnInput(
                Ids.derive(envelope.id(), "turn"),
                conversation,
                message.messageId(),
                null,
                message.channel(),
                message.text(),
                speaker,
                speaker.language().startsWith("zh") ? "zh" : "en",
                zone(speaker.zone()),
                message.room(),
                message.mode(),
                message.context(),
                message.laterArrives());
    }

    /** A trigger is due: what it says is said at once, what it does becomes a turn of its owner's. */
    public Uni<Void> fired(UnitOfWork unit, Received<TriggerFired> received) {
        TriggerFired fired = received.payload();
        if (fired instanceof TriggerFired.Due due && due.action() == Action.DO)
            return later(unit, received.envelope(), due);
        String text = Phrases.in(fired.language()).fired(fired);
        unit.audit("reply.given", fired.handle(), "ok", text);
        return unit.publish(
                Topic.REPLY,
                Ids.derive(received.envelope().id(), "said"),
                new Reply.Answer(null, text, null, Instant.now()));
    }

    private Uni<Void> later(UnitOfWork unit, Envelope envelope, TriggerFired.Due due) {
        String conversation = envelope.conversation();
        if (conversation == null)
            return Uni.createFrom().failure(new IllegalArgumentException("a trigger without a conversation"));
        String owner = envelope.principal().person();
        Speaker speaker = people.find(envelope.tenant(), owner) instanceof PersonChanged known
                ? new Speaker(known.id(), known.name(), known.zone(), known.language())
                : new Speaker(owner, owner, due.zone(), due.language());
        return Journal.isRoom(unit, conversation)
                .map(room -> input(envelope, conversation, due, speaker, room))
                .chain(input -> {
                    unit.afterCommit(() -> loops.queued(unit.tenant(), input.id()));
                    return Journal.append(unit, input, unit.origin().withTurn(input.id()), BACKGROUND);
                });
    }

    private static TurnInput input(
            Envelope envelope, String conversation, TriggerFired.Due due, Speaker speaker, boolean room) {
        return new TurnInput(
                Ids.derive(envelope.id(), "turn"),
                conversation,
                null,
                due.handle(),
                "trigger",
                due.text(),
                speaker,
                due.language().startsWith("zh") ? "zh" : "en",
                zone(due.zone()),
                room,
                Mode.ASSISTANT,
                List.of(),
                null);
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }
}
