package ai.chela.memory.kafka;

import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.kit.wire.Received;
import ai.chela.memory.learn.ExtractionFlow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What a model proposes to keep of a message: each proposal taken in once. */
@ApplicationScoped
public class ExtractionTopics implements Inbox.Handler<ExtractionCompleted> {
    private final ExtractionFlow extraction;

    public ExtractionTopics(ExtractionFlow extraction) {
        this.extraction = extraction;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.EXTRACTION_COMPLETED, ExtractionCompleted.class, this);
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<ExtractionCompleted> received) {
        return extraction.answered(unit, received.envelope(), received.payload());
    }
}
