package ai.chela.system.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One conversation: numbered messages, few of them unanswered at a time, each offered until a gateway has it, and a stream
 * that sees what comes. What happens goes to the journal; what is open is kept here only to know when to go on.
 */
final class Talk implements AutoCloseable {
    /** How long a message is offered before that is given up. Longer than any fault lasts. */
    private static final Duration OFFERED = Duration.ofSeconds(180);

    private final int index;
    private final String name;
    private final Client client;
    private final Journal journal;
    private final Random random;
    private final Duration thinking;
    private final int unanswered;
    private final @Nullable Effects effects;
    private final CountDownLatch silent = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Set<String> open = new HashSet<>();
    private final Set<String> accepted = new HashSet<>();
    private final Map<String, Saying> said = new HashMap<>();
    private final Set<String> promised = new HashSet<>();
    private final List<String> byItself = new ArrayList<>();
    private final Decider decider;
    private final Thread speaker;
    private final Thread listener;
    private int deciding;
    private @Nullable Throwable broken;

    /**
     * @param thinking between two messages, on average
     * @param unanswered how many of its messages may wait for an answer before it says another one
     * @param effects where commands leave their signs; null: none are asked for
     */
    Talk(
            int index,
            Client client,
            Journal journal,
            long seed,
            Duration thinking,
            int unanswered,
            @Nullable Effects effects) {
        this.index = index;
        this.name = "talk-" + index;
        this.client = client;
        this.journal = journal;
        this.random = new Random(seed * 1_000 + index);
        this.thinking = thinking;
        this.unanswered = unanswered;
        this.effects = effects;
        this.decider = new Decider(index, name, client, journal, new Random(seed * 1_000 + index + 500), this::hand);
        this.listener = start("listener", () -> client.follow(index, name, this::seen, () -> over.getCount() == 0));
        this.speaker = start("speaker", this::speak);
    }

    private Thread start(String role, Runnable task) {
        return Thread.ofVirtual().name(role + " of " + name).start(() -> {
            try {
                task.run();
            } catch (RuntimeException | AssertionError e) {
                synchronized (this) {
                    broken = e;
                }
            }
        });
    }

    String name() {
        return name;
    }

    private void speak() {
        try {
            for (int number = 1; !silent.await(thought(), TimeUnit.MILLISECONDS); number++) {
                Saying saying = Saying.next(random, index, number, effects);
                if (!hand(number, "m-" + number, saying)) return;
                synchronized (this) {
                    while (open.size() >= unanswered && silent.getCount() > 0) wait(1_000);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private long thought() {
        return (long) Math.min(-Math.log(1 - random.nextDouble()) * thinking.toMillis(), 5 * thinking.toMillis());
    }

    /** Offers it to one gateway after the other until one has it; false when none ever took it. */
    private boolean hand(int number, String id, Saying saying) {
        synchronized (this) {
            said.put(id, saying);
            open.add(id);
        }
        Instant end = Instant.now().plus(OFFERED);
        String why = "";
        for (int attempt = index; Instant.now().isBefore(end); attempt++) {
            switch (client.offer(attempt, name, id, saying.text())) {
                case Client.Offer.Taken() -> {
                    journal.add(new Entry.Accepted(Instant.now(), name, number, id, saying.expected()));
                    synchronized (this) {
                        accepted.add(id);
                    }
                    if (saying.remembered() != null)
                        journal.add(new Entry.Remembered(Instant.now(), name, id, saying.remembered()));
                    return true;
                }
                case Client.Offer.Unsure(String reason, Duration pause) -> {
                    why = reason;
                    Pause.of(pause);
                }
            }
        }
        journal.add(new Entry.Refused(Instant.now(), name, number, id, why));
        return false;
    }

    private void seen(Entry.Seen event) {
        journal.add(event);
        synchronized (this) {
            if (event.isAnswer()) answered(String.valueOf(event.inReplyTo()), event);
            if (event.isByItself()) byItself.add(event.text());
            notifyAll();
        }
    }

    private void answered(String id, Entry.Seen event) {
        Saying saying = said.get(id);
        if (!open.remove(id) || saying == null) return;
        // what failed promises nothing, and asks nothing
        if (!event.isUnsure() && !(event.kind().equals("reply") && event.text().contains(saying.expected()))) return;
        if (saying.promised() != null) promise(saying.promised());
        if (saying.command() != null) decide(saying.command(), event.text());
    }

    private void promise(String sign) {
        journal.add(new Entry.Promised(Instant.now(), name, sign));
        promised.add(sign);
    }

    private void decide(String sign, String question) {
        Decider.Choice choice = decider.choose(sign, question);
        // over the API nobody is answered: the outcome comes by itself
        if (choice.overApi()) promise(sign);
        deciding++;
        start("decider", () -> {
            try {
                decider.carryOut(choice);
            } finally {
                synchronized (this) {
                    deciding--;
                }
            }
        });
    }

    /** True while a message that was accepted is not answered. */
    synchronized boolean waits() {
        return open.stream().anyMatch(accepted::contains);
    }

    /** True when something has been answered. */
    synchronized boolean isAnswered() {
        return accepted.stream().anyMatch(id -> !open.contains(id));
    }

    /** Nothing is open: every message is answered and every promise kept. */
    synchronized boolean isDrained() {
        return open.isEmpty() && kept() && deciding == 0 && !speaker.isAlive();
    }

    /** What was promised may come before the answer that promises it, when that is late. */
    private boolean kept() {
        promised.removeIf(
                sign -> byItself.stream().anyMatch(it -> it.contains(sign) || Entry.Seen.takesBack(it, sign)));
        return promised.isEmpty();
    }

    /** What is still open, for people. */
    synchronized String open() {
        kept();
        return name + " waits for " + open + promised + (deciding > 0 ? ", decides " + deciding : "");
    }

    /** Says nothing more; what is under way goes on. */
    void fallSilent() {
        silent.countDown();
        synchronized (this) {
            notifyAll();
        }
    }

    /** @throws IllegalStateException when its client broke: the journal of this conversation is worth nothing then */
    @Override
    public void close() {
        fallSilent();
        over.countDown();
        listener.interrupt();
        synchronized (this) {
            if (broken != null) throw new IllegalStateException(name + " broke", broken);
        }
    }
}
