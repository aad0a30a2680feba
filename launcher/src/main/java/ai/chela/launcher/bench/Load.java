package ai.chela.launcher.bench;

import ai.chela.launcher.Problem;
import ai.chela.launcher.client.Event;
import ai.chela.launcher.client.Gateway;
import ai.chela.launcher.client.Listener;
import ai.chela.launcher.client.Question;
import ai.chela.launcher.client.TooMany;
import ai.chela.launcher.client.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends messages in conversations of the benchmark's own, and hears each one's answer on the stream of events. */
final class Load implements AutoCloseable {
    /** What messages at a rate are spread over: within a conversation turns wait for each other. */
    static final int SPREAD = 16;

    /** How long an answer may take before the message counts as lost. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration AGAIN = Duration.ofMillis(50);

    private final List<Gateway> people;
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<String, Turn> under = new ConcurrentHashMap<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /** @param people who speak, in turns: a person may send only so many messages a second */
    Load(List<Gateway> people) {
        this.people = people;
    }

    /** The same names in every run, so that a stack which is measured often does not fill with conversations. */
    static String conversation(int number) {
        return "chela-bench-" + number;
    }

    private Gateway person(int conversation) {
        return people.get(conversation % people.size());
    }

    /** Makes sure that so many conversations are there and listened to. */
    void open(int conversations) throws InterruptedException {
        for (int i = listeners.size(); i < conversations; i++) {
            // a conversation begins with its first message; before that there is nothing to listen to
            String id = Question.freshId();
            Turn first = new Turn(Saying.PLAIN);
            under.put(id, first);
            long number = post(i, id, first);
            listeners.add(new Listener(person(i), conversation(i), Math.max(0, number - 1), this::take).ready());
            if (!first.await(LIMIT)) throw new Problem(conversation(i) + " was not answered within " + LIMIT);
        }
    }

    private void take(Event event) {
        String id = event.inReplyTo();
        if (id == null || !event.type().isFinal()) return;
        Turn turn = under.remove(id);
        if (turn != null) turn.ended(event);
    }

    /**
     * Hands a message in. One that is turned away is sent again: for being one too many a second, which is no part of its
     * time, or because the gateway could not accept it just then, which is.
     */
    private long post(int conversation, String id, Turn turn) throws InterruptedException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        turn.sending();
        while (true) {
            try {
                long number = person(conversation).post(conversation(conversation), id, turn.text());
                turn.accepted();
                return number;
            } catch (TooMany e) {
                pauseUntil(limit, e);
                turn.sending();
            } catch (Unavailable e) {
                pauseUntil(limit, e);
            }
        }
    }

    private void pauseUntil(long limit, Problem refusal) throws InterruptedException {
        if (System.nanoTime() > limit) throw refusal;
        refusals.incrementAndGet();
        TimeUnit.NANOSECONDS.sleep(AGAIN.toNanos());
    }

    /** Sends a message; what becomes of it is in the turn. */
    Turn send(int conversation, Saying saying) throws InterruptedException {
        String id = Question.freshId();
        Turn turn = new Turn(saying);
        under.put(id, turn);
        try {
            post(conversation, id, turn);
        } catch (Problem e) {
            under.remove(id);
            turn.refused(Problem.reason(e));
        }
        return turn;
    }

    /** Sends a message and waits for its answer. */
    Turn ask(int conversation, Saying saying) throws InterruptedException {
        Turn turn = send(conversation, saying);
        turn.await(LIMIT);
        return turn;
    }

    /** One after another, each sent when the one before is answered; one that is not is the last. */
    Turns oneAtATime(int turns, Saying saying) throws InterruptedException {
        open(SPREAD);
        refusals.set(0);
        List<Turn> all = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < turns; i++) {
            Turn turn = ask(i % SPREAD, saying);
            all.add(turn);
            if (!turn.isRight()) break;
        }
        return Turns.of(all, refusals.get(), begun);
    }

    /** So many a second, whether the ones before are answered or not. */
    Turns steady(int perSecond, int seconds, Saying saying) throws InterruptedException {
        open(SPREAD);
        refusals.set(0);
        Collection<Turn> all = new ConcurrentLinkedQueue<>();
        List<Thread> senders = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < perSecond * seconds; i++) {
            int conversation = i % SPREAD;
            long wait = begun + i * 1_000_000_000L / perSecond - System.nanoTime();
            if (wait > 0) TimeUnit.NANOSECONDS.sleep(wait);
            senders.add(start(() -> all.add(send(conversation, saying))));
        }
        return ended(senders, all, begun);
    }

    /** In each conversation one message, all at the same time. */
    Turns atOnce(int conversations, Saying saying) throws InterruptedException {
        open(conversations);
        refusals.set(0);
        Collection<Turn> all = new ConcurrentLinkedQueue<>();
        List<Thread> senders = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < conversations; i++) {
            int conversation = i;
            senders.add(start(() -> all.add(send(conversation, saying))));
        }
        return ended(senders, all, begun);
    }

    /** In each conversation one message after another, for some time. */
    Turns inParallel(int conversations, int seconds, Saying saying) throws InterruptedException {
        open(conversations);
        refusals.set(0);
        Collection<Turn> all = new ConcurrentLinkedQueue<>();
        List<Thread> senders = new ArrayList<>();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < conversations; i++) {
            int conversation = i;
            senders.add(start(() -> {
                while (System.nanoTime() < end) {
                    Turn turn = ask(conversation, saying);
                    all.add(turn);
                    if (!turn.isRight()) break;
                }
            }));
        }
        return ended(senders, all, begun);
    }

    /** Something that sends. */
    @FunctionalInterface
    private interface Sending {
        void run() throws InterruptedException;
    }

    private static Thread start(Sending sending) {
        return Thread.ofVirtual().start(() -> {
            try {
                sending.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Turns ended(List<Thread> senders, Collection<Turn> all, long begun) throws InterruptedException {
        for (Thread sender : senders) sender.join();
        long limit = System.nanoTime() + LIMIT.toNanos();
        for (Turn turn : all) turn.await(Duration.ofNanos(Math.max(0, limit - System.nanoTime())));
        return Turns.of(List.copyOf(all), refusals.get(), begun);
    }

    @Override
    public void close() {
        listeners.forEach(Listener::close);
    }
}
