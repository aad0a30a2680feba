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
import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes in what starts turns, and decisions of people. */
@ApplicationScoped
public class IntakeConsumers {
    private final Inbox inbox;
    private final Intake intake;
    private final Controls controls;

    public IntakeConsumers(Inbox inbox, Intake intake, Controls controls) {
        this.inbox = inbox;
        this.intake = intake;
        this.controls = controls;
    }

    @Incoming("message-received")
    Uni<Void> onMessageReceived(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.MESSAGE_RECEIVED, MessageReceived.class, record, new MessageHandler(record));
    }

    @Incoming("trigger-fired")
    Uni<Void> onTriggerFired(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.TRIGGER_FIRED, TriggerFired.class, record, intake::fired);
    }

    @Incoming("approval-decided")
    Uni<Void> onApprovalDecided(ConsumerRecord<String, byte[]> record) {
        return inbox.receive(Topic.APPROVAL_DECIDED, ApprovalDecided.class, record, controls::decided);
    }

    private final class MessageHandler implements Inbox.Handler<MessageReceived> {
        private final ConsumerRecord<String, byte[]> record;

        MessageHandler(ConsumerRecord<String, byte[]> record) {
            this.record = record;
        }

        @Override
        public Uni<Void> handle(UnitOfWork unit, Received<MessageReceived> received) {
            return intake.message(unit, received);
        }

        @Override
        public Uni<Void> dead(UnitOfWork unit, Envelope envelope, Throwable failure) {
            MessageReceived message;
            try {
                message = WireJson.read(record.value(), MessageReceived.class);
            } catch (MalformedRecordException _) {
                // nobody can be told: without its content there is no message to answer, only the dead letter
                return Uni.createFrom().voidItem();
            }
            return intake.dead(unit, envelope, message);
        }
    }
}
