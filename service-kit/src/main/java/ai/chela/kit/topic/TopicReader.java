package ai.chela.kit.topic;

import ai.chela.contracts.Topic;
import ai.chela.kit.topic.Subscriptions.Subscription;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads some topics with one consumer on one thread and hands each record to its subscription: records of one topic and key
 * one after another, others side by side. Offsets are committed behind what was handled. A consumer that fails is replaced.
 */
final class TopicReader {
    private static final Logger LOG = Logger.getLogger(TopicReader.class);

    /** The consumer also looks up at once when records come; this bounds how late it commits and how long it stops. */
    private static final Duration POLL = Duration.ofMillis(1_000);

    /** As long as others wait for it to be ready. */
    private static final Duration EAGER = Duration.ofMillis(50);

    private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

    /** Reading pauses above the first and goes on below the second: what waits here costs memory, in Kafka it does not. */
    private static final int MANY = 1_000;

    private static final int FEW = 300;

    /** For what is under way when the service stops; what takes longer is read again by another instance. */
    private static final Duration TO_FINISH = Duration.ofSeconds(2);

    private record Lane(Topic topic, Object key) {}

    private final String name;
    private final Map<Topic, Subscription> subscriptions = new EnumMap<>(Topic.class);
    private final Function<TopicReader, Consumer<String, byte[]>> consumers;
    private final Reading reading;
    private final Lanes<Lane, ConsumerRecord<String, byte[]>> lanes;
    private final Offsets offsets = new Offsets();
    private final AtomicInteger asked = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Topic, Long> lag = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile @Nullable Consumer<String, byte[]> current;
    private volatile boolean stopped;
    private volatile boolean paused;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private long committedAt = System.nanoTime();

    /** How a consumer comes to its partitions. */
    interface Reading {
        void begin(Consumer<String, byte[]> consumer, List<Topic> topics, TopicReader reader);

        /** Whether it has what it needs to count as reading; asked after each poll on the consumer's thread. */
        boolean ready(Consumer<String, byte[]> consumer);

        /** Whether offsets are kept in Kafka. */
        boolean commits();
    }

    /** @param parallel how many keys are under way at once, at least 1 */
    TopicReader(
            String name,
            List<Subscription> read,
            int parallel,
            Function<TopicReader, Consumer<String, byte[]>> consumers,
            Reading reading) {
        this.name = name;
        this.consumers = consumers;
        this.reading = reading;
        this.lanes = new Lanes<>(parallel);
        read.forEach(subscription -> subscriptions.put(subscription.topic(), subscription));
        this.thread = Thread.ofPlatform().name("topics-" + name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Reads no more, waits shortly for what is under way, commits, and leaves its group. */
    void stop() throws InterruptedException {
        stopped = true;
        Consumer<String, byte[]> consumer = current;
        if (consumer != null) consumer.wakeup();
        signal();
        thread.join(TO_FINISH.plusSeconds(2));
    }

    /** True once it has joined, or caught up with what was there at its start. */
    boolean ready() {
        return ready.isDone();
    }

    /** Completes when it is {@link #ready}; on the consumer's thread. */
    CompletableFuture<Void> whenReady() {
        return ready;
    }

    boolean alive() {
        return thread.isAlive();
    }

    /** Records that were written but not read yet, of a topic; 0 when it is not read here. */
    long lag(Topic topic) {
        return lag.getOrDefault(topic, 0L);
    }

    /** Topics that it reads. */
    Collection<Topic> topics() {
        return subscriptions.keySet();
    }

    private void run() {
        for (int failures = 0; !stopped; failures++) {
            try (Consumer<String, byte[]> consumer = consumers.apply(this)) {
                current = consumer;
                reading.begin(consumer, List.copyOf(subscriptions.keySet()), this);
                while (!stopped) {
                    poll(consumer);
                    failures = 0;
                }
                finish(consumer);
            } catch (RuntimeException e) {
                if (stopped && e instanceof WakeupException) return;
                LOG.errorf(e, "topics.reader-failed reader=%s", name);
                current = null;
                lanes.clear();
                offsets.clear();
                await(Duration.ofMillis(Math.min(5_000, 200L << Math.min(failures, 5))));
            }
        }
    }

    private void poll(Consumer<String, byte[]> consumer) {
        try {
            Duration patience = ready.isDone() ? POLL : EAGER;
            for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) take(record);
        } catch (WakeupException _) {
            // told to look up: there is room again, or it is to stop
        }
        advance();
        balance(consumer);
        if (System.nanoTime() - committedAt >= COMMIT_NANOS) {
            committedAt = System.nanoTime();
            measure(consumer);
            if (reading.commits()) commit(consumer);
        }
        if (!ready.isDone() && reading.ready(consumer) && (reading.commits() || lanes.size() == 0))
            ready.complete(null);
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Topic topic = Topic.named(record.topic());
        if (reading.commits()) offsets.taken(partition(record), record.offset());
        lanes.add(new Lane(topic, keyOf(topic, record)), record);
    }

    /** What has no order is handled together, whatever it is about. */
    private static Object keyOf(Topic topic, ConsumerRecord<String, byte[]> record) {
        if (topic.delivery() == Topic.Delivery.UNORDERED) return topic;
        return record.key() == null ? record.partition() : record.key();
    }

    /** Begins what may begin. Called by whoever made room; one does it for all, so that no stack grows. */
    private void advance() {
        if (asked.getAndIncrement() != 0) return;
        int answered;
        do {
            answered = asked.get();
            var turns = lanes.begin(lane -> subscription(lane).batch());
            while (!turns.isEmpty()) {
                turns.forEach(this::begin);
                turns = lanes.begin(lane -> subscription(lane).batch());
            }
        } while (asked.addAndGet(-answered) != 0);
    }

    private void begin(Lanes.Turn<Lane, ConsumerRecord<String, byte[]>> turn) {
        if (turn.items().isEmpty()) {
            lanes.done(turn);
            return;
        }
        Subscription subscription = subscription(turn.lane());
        Uni.createFrom()
                .deferred(() -> subscription.reader().apply(turn.items()))
                .subscribe()
                .with(_ -> done(turn), failure -> {
                    // a reader answers for its failures by itself; its records stay uncommitted and are read again at a
                    // restart
                    LOG.errorf(
                            failure,
                            "topics.not-handled topic=%s",
                            turn.lane().topic().topicName());
                    lanes.done(turn);
                    advance();
                });
    }

    private void done(Lanes.Turn<Lane, ConsumerRecord<String, byte[]>> turn) {
        turn.items().forEach(record -> offsets.done(partition(record), record.offset()));
        lanes.done(turn);
        advance();
        Consumer<String, byte[]> consumer = current;
        if (paused && lanes.size() < FEW && consumer != null) consumer.wakeup();
        if (stopped) signal();
    }

    private Subscription subscription(Lane lane) {
        Subscription subscription = subscriptions.get(lane.topic());
        if (subscription == null) throw new IllegalStateException(lane.topic() + " is not read here");
        return subscription;
    }

    private void balance(Consumer<String, byte[]> consumer) {
        if (!paused && lanes.size() > MANY) {
            paused = true;
            consumer.pause(consumer.assignment());
        } else if (paused && lanes.size() < FEW) {
            paused = false;
            consumer.resume(consumer.paused());
        }
    }

    private void measure(Consumer<String, byte[]> consumer) {
        lag.clear();
        for (TopicPartition partition : consumer.assignment())
            consumer.currentLag(partition)
                    .ifPresent(behind -> lag.merge(Topic.named(partition.topic()), behind, Long::sum));
    }

    private void commit(Consumer<String, byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> moved = offsets.toCommit();
        if (moved.isEmpty()) return;
        consumer.commitAsync(moved, (committed, failure) -> {
            if (failure == null) return;
            offsets.notCommitted(committed.keySet());
            LOG.debugf("topics.not-committed reader=%s cause=%s", name, failure.toString());
        });
    }

    /** These partitions go to another instance: what is done is committed, what is under way is recognised there. */
    void revoked(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        commitNow(consumer);
        offsets.forget(partitions);
    }

    /** These partitions are gone already: another instance may have committed on them. */
    void lost(Collection<TopicPartition> partitions) {
        offsets.forget(partitions);
    }

    /** New partitions begin unpaused, also when the reader is paused. */
    void assigned(Consumer<String, byte[]> consumer) {
        if (paused) consumer.pause(consumer.assignment());
        LOG.debugf(
                "topics.assigned reader=%s partitions=%d",
                name, consumer.assignment().size());
    }

    private void commitNow(Consumer<String, byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> moved = offsets.toCommit();
        if (moved.isEmpty()) return;
        try {
            consumer.commitSync(moved, Duration.ofSeconds(2));
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.debugf("topics.not-committed reader=%s cause=%s", name, e.toString());
        }
    }

    private void finish(Consumer<String, byte[]> consumer) {
        lanes.clear();
        long until = System.nanoTime() + TO_FINISH.toNanos();
        while (!lanes.idle() && System.nanoTime() < until) await(Duration.ofNanos(until - System.nanoTime()));
        if (reading.commits()) commitNow(consumer);
        LOG.debugf(
                "topics.stopped reader=%s topics=%s",
                name, subscriptions.keySet().stream().map(Topic::topicName).collect(Collectors.joining(",")));
    }

    private void await(Duration time) {
        lock.lock();
        try {
            if (changed.awaitNanos(time.toNanos()) > 0) return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
