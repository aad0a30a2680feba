package ai.chela.kit.outbox;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Sends what needs no outbox: questions and their answers, broadcasts, and the newest state of something that is kept
 * elsewhere anyway.
 */
@ApplicationScoped
public class DirectSender {
    private final KafkaSender sender;
    private final String service;

    public DirectSender(KafkaSender sender, @ConfigProperty(name = "chela.service") String service) {
        this.sender = sender;
        this.service = service;
    }

    /**
     * Sends one message; the result tells when Kafka has it, or why it has not.
     *
     * @param key part of the record's key after the tenant when it is not the conversation (compacted topics); null else
     * @throws IllegalArgumentException for a topic whose delivery promises more than this gives
     */
    public Uni<Void> send(Topic topic, Origin origin, String id, @Nullable String key, Object payload) {
        switch (topic.delivery()) {
            case ORDERED, UNORDERED ->
                throw new IllegalArgumentException(topic.topicName() + " is written through the outbox");
            case QUESTION, BROADCAST, LATEST -> {}
        }
        Envelope envelope = new Envelope(
                id,
                topic.topicName(),
                "chela/" + service,
                Instant.now(),
                origin.tenant(),
                origin.principal(),
                key == null ? origin.conversation() : key,
                origin.turn(),
                origin.cause(),
                0,
                origin.traceparent());
        return Uni.createFrom()
                .emitter(emitter ->
                        sender.send(KafkaRecords.write(topic, envelope, WireJson.bytes(payload)), failure -> {
                            if (failure == null) emitter.complete(null);
                            else emitter.fail(failure);
                        }));
    }
}
