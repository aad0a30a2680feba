package ai.chela.agent.kafka;

import ai.chela.agent.extract.Extractions;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.ExtractionRequested;
import ai.chela.kit.topic.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Takes in what memory wants a model to look through. */
@ApplicationScoped
public class ExtractionConsumer {
    private final Extractions extractions;

    public ExtractionConsumer(Extractions extractions) {
        this.extractions = extractions;
    }

    void read(@Observes Subscriptions topics) {
        topics.inbox(Topic.EXTRACTION_REQUESTED, ExtractionRequested.class, extractions::requested);
    }
}
