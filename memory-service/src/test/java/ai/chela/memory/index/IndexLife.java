package ai.chela.memory.index;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The embedded index at work until it is killed: brought up to date as recall does it, then written to, erased from, committed
 * and rewritten. Says {@code d N} when the database has the change N, {@code a N} when it is applied, {@code e IDS} when these are
 * erased, {@code c N} and {@code p N} when all up to N is committed, or purged.
 */
final class IndexLife {
    private static final int PAGE = 200;

    private final EmbeddedIndex index;
    private final ChangeHistory history;
    private final Random random;

    private IndexLife(EmbeddedIndex index, ChangeHistory history, Random random) {
        this.index = index;
        this.history = history;
        this.random = random;
    }

    /** Arguments: the folder, the seed of the changes, the change that the database is at, the seed of this life. */
    public static void main(String[] arguments) {
        EmbeddedIndex index =
                new EmbeddedIndex(Path.of(arguments[0]), new FixedModels(), Runnable::run, Clock.systemUTC());
        ChangeHistory history = new ChangeHistory(Long.parseLong(arguments[1]));
        new IndexLife(index, history, new Random(Long.parseLong(arguments[3]))).live(Long.parseLong(arguments[2]));
    }

    private void live(long head) {
        say("start " + caughtUp(index, history, head));
        long number = head;
        for (int batch = 1; ; batch++) {
            long next = number + 1 + random.nextInt(30);
            say("d " + next);
            List<Step> steps = history.since(number, next);
            done(index.apply(ChangeHistory.PLACE, steps, next));
            say("a " + next);
            done(index.addVectors(ChangeHistory.PLACE, MemoryIndexConformance.MODEL, vectors(steps)));
            List<String> gone = new ArrayList<>();
            for (Step step : steps) if (step instanceof Step.Gone(long _, String id)) gone.add(id);
            if (!gone.isEmpty() && random.nextInt(3) == 0) {
                done(index.erase(ChangeHistory.PLACE, gone));
                say("e " + String.join(" ", gone));
            }
            if (batch % 4 == 0) {
                done(index.commit());
                say("c " + next);
            }
            if (batch % 11 == 0) {
                done(index.purge());
                say("p " + next);
            }
            number = next;
        }
    }

    /** Applies what the database has and the index has not, page by page; returns what it had reached. */
    static long caughtUp(MemoryIndex index, ChangeHistory history, long head) {
        long reached = reached(index);
        List<Step> steps = history.since(reached, head);
        for (int from = 0; from < steps.size(); from += PAGE) {
            List<Step> page = steps.subList(from, Math.min(steps.size(), from + PAGE));
            done(index.apply(ChangeHistory.PLACE, page, page.getLast().number()));
            done(index.addVectors(ChangeHistory.PLACE, MemoryIndexConformance.MODEL, vectors(page)));
        }
        done(index.apply(ChangeHistory.PLACE, List.of(), head));
        return reached;
    }

    static long reached(MemoryIndex index) {
        return done(index.reached(ChangeHistory.PLACE.tenant(), Set.of(ChangeHistory.PLACE.scope())))
                .getOrDefault(ChangeHistory.PLACE.scope(), 0L);
    }

    private static Map<String, float[]> vectors(List<Step> steps) {
        Map<String, float[]> vectors = new HashMap<>();
        for (Step step : steps)
            if (step instanceof Step.Put(long _, Entry entry))
                vectors.put(entry.id(), ChangeHistory.vector(entry.id()));
        return vectors;
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
