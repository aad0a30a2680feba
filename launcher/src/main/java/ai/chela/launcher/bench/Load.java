package ai.chela.launcher.bench;

import ai.chela.launcher.client.Event;
import ai.chela.launcher.client.Gateway;
import ai.chela.launcher.client.Listener;
import ai.chela.launcher.client.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends plain turns and measures each from before its POST to its reply on the stream of events. */
final class Load implements AutoCloseable {
    /** Answered by the planner alone: no recall, no tool, no model. */
    static final String PLAIN = "thanks";
    /** Conversations that the load is spread over: within one, turns wait for each other. */
    private static final int CONVERSATIONS = 16;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Gateway gateway;
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Double> took = new ConcurrentLinkedQueue<>();
    private final Semaphore answered = new Semaphore(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Load(Gateway gateway) throws InterruptedException {
        this.gateway = gateway;
        for (int i = 0; i < CONVERSATIONS; i++)
            listeners.add(new Listener(gateway, conversation(i), -1, this::take).ready());
    }

    private static String conversation(int turn) {
        return "chela-bench-" + turn % CONVERSATIONS;
    }

    private void take(Event event) {
        String id = event.inReplyTo();
        if (id == null || !event.type().isFinal()) return;
        Long begun = sent.remove(id);
        if (begun == null) return;
        if (event.type() == Event.Type.REPLY) took.add((System.nanoTime() - begun) / 1e6);
        answered.release();
    }

    private void send(int turn) throws InterruptedException {
        String id = Question.freshId();
        sent.put(id, System.nanoTime());
        gateway.post(conversation(turn), id, PLAIN);
    }

    /** One after another, each sent when the one before is answered. */
    Latencies oneAtATime(int turns) throws InterruptedException {
        reset();
        for (int i = 0; i < turns; i++) {
            send(i);
            if (!answered.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) break;
        }
        return result(turns);
    }

    /** So many a second, whether the ones before are answered or not. */
    Latencies steady(int perSecond, int seconds) throws InterruptedException {
        reset();
        int turns = perSecond * seconds;
        long begun = System.nanoTime();
        for (int i = 0; i < turns; i++) {
            int turn = i;
            long due = begun + i * 1_000_000_000L / perSecond;
            long wait = due - System.nanoTime();
            if (wait > 0) TimeUnit.NANOSECONDS.sleep(wait);
            threads.submit(() -> {
                send(turn);
                return null;
            });
        }
        answered.tryAcquire(turns, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return result(turns);
    }

    private void reset() {
        sent.clear();
        took.clear();
        answered.drainPermits();
    }

    private Latencies result(int turns) {
        return Latencies.of(took.stream().mapToDouble(Double::doubleValue).toArray(), turns);
    }

    @Override
    public void close() {
        listeners.forEach(Listener::close);
        threads.shutdownNow();
    }
}
