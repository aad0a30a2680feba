package ai.chela.memory.kafka;

import ai.chela.contracts.Topic;
import ai.chela.contracts.turn.TurnCompleted;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.kit.wire.Received;
import ai.chela.memory.learn.LearningFlow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Finished turns, to learn from: each taken in once. */
@ApplicationScoped
public class TurnTopics implements Inbox.Handler<TurnCompleted> {
    private final LearningFlow learning;

    public TurnTopics(LearningFlow learning) {
        this.learning = learning;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.TURN_COMPLETED, TurnCompleted.class, this);
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<TurnCompleted> received) {
        return learning.completed(unit, received.envelope(), received.payload());
    }
}
