package ai.chela.memory;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.contracts.memory.ExtractionRequested;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import ai.chela.contracts.turn.TurnCompleted;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Contradicted;
import ai.chela.memory.kafka.ExtractionTopics;
import ai.chela.memory.kafka.MemoryTopics;
import ai.chela.memory.kafka.TurnTopics;
import ai.chela.memory.recall.RecallFlow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Talks to the service as the agent does, with records made by hand. */
@ApplicationScoped
public class MemoryDriver {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Inbox inbox;
    private final MemoryTopics topics;
    private final TurnTopics turns;
    private final ExtractionTopics extractions;
    private final RecallFlow recall;
    private final Contradicted contradicted;
    private final Transactions transactions;
    private volatile @Nullable Instant now;

    MemoryDriver(
            Inbox inbox,
            MemoryTopics topics,
            TurnTopics turns,
            ExtractionTopics extractions,
            RecallFlow recall,
            Contradicted contradicted,
            Transactions transactions) {
        this.inbox = inbox;
        this.topics = topics;
        this.turns = turns;
        this.extractions = extractions;
        this.recall = recall;
        this.contradicted = contradicted;
        this.transactions = transactions;
    }

    /** What is said from now on is said at that time; null: when it is said. */
    public void at(@Nullable Instant time) {
        now = time;
    }

    private Instant now() {
        Instant time = now;
        return time == null ? Instant.now() : time;
    }

    /** A person in a conversation of her own tenant. */
    public record Voice(String tenant, String person, boolean room) {
        public Voice in(String otherTenant) {
            return new Voice(otherTenant, person, room);
        }

        public Voice inRoom() {
            return new Voice(tenant, person, true);
        }

        public Voice as(String other) {
            return new Voice(tenant, other, room);
        }
    }

    public MemoryChanged remember(Voice voice, String text) {
        return change(
                voice, new MemoryRequested.Remember(Ids.random(), voice.room(), text, "Name of " + voice.person()));
    }

    public MemoryChanged correct(Voice voice, String id, String value) {
        return change(
                voice, new MemoryRequested.Correct(Ids.random(), voice.room(), id, value, "Name of " + voice.person()));
    }

    public MemoryChanged forget(Voice voice, String... references) {
        return change(voice, new MemoryRequested.Forget(Ids.random(), voice.room(), List.of(references)));
    }

    public MemoryChanged forgetMatching(Voice voice, String query) {
        return change(voice, new MemoryRequested.ForgetMatching(Ids.random(), voice.room(), query));
    }

    public MemoryChanged.Listed list(Voice voice) {
        return (MemoryChanged.Listed) change(voice, new MemoryRequested.ListAll(Ids.random(), voice.room()));
    }

    public RecalledFact stored(Voice voice, String text) {
        return ((MemoryChanged.Remembered) remember(voice, text)).fact();
    }

    public RecallFlow.Answer recall(Voice voice, String query) {
        Origin origin = Origin.first(voice.tenant(), Principal.person(voice.person()), "c");
        return recall.recall(origin, new Asker(voice.person(), voice.room()), query, 5)
                .chain(answer -> contradicted.checked(origin, answer, now()))
                .await()
                .atMost(LIMIT);
    }

    /** The text of the best fact when the answer is certain, else "I do not know". */
    public String answer(Voice voice, String query) {
        RecallFlow.Answer answer = recall(voice, query);
        return answer.certain() ? answer.hits().getFirst().fact().text() : "I do not know";
    }

    public MemoryChanged change(Voice voice, MemoryRequested request) {
        String id = Ids.random();
        receive(voice, id, WireJson.bytes(request));
        return outcome(voice, id);
    }

    /** A turn of that person has ended. */
    public void said(Voice voice, String text, String... operations) {
        ended(voice, new TurnCompleted(speaker(voice), voice.room(), text, "ok", List.of(operations), now()));
    }

    /** As {@link #said}, where there is a model that may be asked; what was asked of it, oldest first. */
    public List<ExtractionRequested> saidToModel(Voice voice, String text, String... operations) {
        ended(voice, new TurnCompleted(speaker(voice), voice.room(), text, "ok", List.of(operations), now(), true));
        return read(
                        voice,
                        byte[].class,
                        "select payload from outbox where topic = ?1 order by number",
                        Topic.EXTRACTION_REQUESTED.topicName())
                .stream()
                .map(payload -> WireJson.read(payload, ExtractionRequested.class))
                .toList();
    }

    /** The model has answered; the same id is the same record. */
    public void extracted(Voice voice, String id, ExtractionCompleted answer) {
        receive(Topic.EXTRACTION_COMPLETED, ExtractionCompleted.class, extractions, voice, id, WireJson.bytes(answer));
    }

    private void ended(Voice voice, TurnCompleted turn) {
        receive(Topic.TURN_COMPLETED, TurnCompleted.class, turns, voice, Ids.random(), WireJson.bytes(turn));
    }

    private static Speaker speaker(Voice voice) {
        return new Speaker(voice.person(), "Name of " + voice.person(), "Europe/Berlin", "en");
    }

    /** Hands over a record as Kafka would; the same id is the same record. */
    public void receive(Voice voice, String id, byte[] payload) {
        receive(Topic.MEMORY_REQUESTED, MemoryRequested.class, topics, voice, id, payload);
    }

    private <T> void receive(
            Topic topic, Class<T> type, Inbox.Handler<T> handler, Voice voice, String id, byte[] payload) {
        Envelope envelope = new Envelope(
                id,
                topic.topicName(),
                "chela/test",
                now(),
                voice.tenant(),
                Principal.person(voice.person()),
                "c",
                "turn",
                null,
                0,
                null);
        ProducerRecord<String, byte[]> written = KafkaRecords.write(topic, envelope, payload);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(written.topic(), 0, 0, written.key(), payload);
        written.headers().forEach(header -> record.headers().add(header));
        inbox.receive(topic, type, record, handler).await().atMost(LIMIT);
    }

    /** What was published about that request. */
    public MemoryChanged outcome(Voice voice, String id) {
        List<byte[]> published = read(
                voice,
                byte[].class,
                "select payload from outbox where topic = ?1 and id = ?2",
                Topic.MEMORY_CHANGED.topicName(),
                Ids.derive(id, "memory-changed"));
        return WireJson.read(published.getFirst(), MemoryChanged.class);
    }

    public <T> List<T> read(Voice voice, Class<T> type, String sql, Object... parameters) {
        Origin origin = Origin.first(voice.tenant(), Principal.person(voice.person()), "c");
        return transactions
                .run("test", origin, unit -> unit.query(type, sql, parameters))
                .await()
                .atMost(LIMIT);
    }
}
