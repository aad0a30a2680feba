package ai.chela.agent.kafka;

import ai.chela.agent.command.Controls;
import ai.chela.agent.turn.Intake;
import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.approval.ApprovalDecided;
import ai.chela.contracts.schedule.TriggerFired;
import ai.chela.contracts.turn.MessageReceived;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Takes in what starts turns, and decisions of people. */
@ApplicationScoped
public class IntakeConsumers implements Inbox.Handler<MessageReceived> {
    private final Intake intake;
    private final Controls controls;

    public IntakeConsumers(Intake intake, Controls controls) {
        this.intake = intake;
        this.controls = controls;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.MESSAGE_RECEIVED, MessageReceived.class, this);
        topics.inbox(Topic.TRIGGER_FIRED, TriggerFired.class, intake::fired);
        topics.inbox(Topic.APPROVAL_DECIDED, ApprovalDecided.class, controls::decided);
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<MessageReceived> received) {
        return intake.message(unit, received);
    }

    @Override
    public Uni<Void> dead(UnitOfWork unit, Envelope envelope, byte[] value, Throwable failure) {
        MessageReceived message;
        try {
            message = WireJson.read(value, MessageReceived.class);
        } catch (MalformedRecordException _) {
            // nobody can be told: without its content there is no message to answer, only the dead letter
            return Uni.createFrom().voidItem();
        }
        return intake.dead(unit, envelope, message);
    }
}
