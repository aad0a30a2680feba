package ai.chela.memory.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.kill.Life;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded index is killed with SIGKILL while it writes, merges, erases and is built again, and checked from outside against
 * what it had said by then. {@code -Dchela.test.kills=N} kills it N times, {@code -Dchela.test.seed=N} in the same way again.
 */
class KilledIndexTest {
    private static final int KILLS = Integer.getInteger("chela.test.kills", 12);
    private static final long SEED = Long.getLong("chela.test.seed", System.nanoTime() % 1_000_000);

    /** After which line it is killed: a little later, so that it is in the middle of what comes next. */
    private static final List<String> POINTS = List.of("start", "d", "a", "e", "c", "p");

    private static final int SAMPLE = 60;

    /** So many of the bytes of a word or a vector are looked for. */
    private static final int END = 24;

    @TempDir
    Path home = Path.of("");

    private final Random random = new Random(SEED);
    private final ChangeHistory history = new ChangeHistory(SEED);
    private final Set<String> erased = new HashSet<>();
    private long head;
    private int seen;

    @Test
    void nothing_that_was_told_is_lost_and_nothing_that_was_erased_comes_back() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            boolean damaged = kill % 4 == 3 && damaged();
            List<String> said = lived(kill);
            String what = "kill " + kill + " of seed " + SEED + ", which had said " + tail(said);
            String told = Life.last(said, "d");
            if (told != null) head = Long.parseLong(told);
            for (String line : said)
                if (line.startsWith("e "))
                    erased.addAll(List.of(line.substring(2).split(" ")));
            String committed = Life.last(said, "c");
            String purged = Life.last(said, "p");
            if (purged != null) erased.addAll(history.forgotten(Long.parseLong(purged)));
            noneOnDisk(erased, what);
            checked(committed == null ? 0 : Long.parseLong(committed), damaged, what);
        }
        assertTrue(seen > 0, "no word was ever found on the disk: that none is found there says nothing");
    }

    private List<String> lived(int kill) throws IOException, InterruptedException {
        String point = POINTS.get(kill % POINTS.size());
        try (Life life = Life.of(
                IndexLife.class,
                home.toString(),
                Long.toString(SEED),
                Long.toString(head),
                Long.toString(random.nextLong()))) {
            if (kill % 4 != 3) {
                int count = 1 + random.nextInt(3);
                boolean came = life.said(point.equals("start") ? 1 : count, line -> line.startsWith(point + " "));
                assertTrue(came, life::errors);
            } else {
                // in the middle of being built again, or of opening what is there
                LockSupport.parkNanos(300_000_000L + random.nextInt(300_000_000));
            }
            LockSupport.parkNanos(random.nextInt(20_000_000));
            return life.kill();
        }
    }

    private static String tail(List<String> said) {
        return said.subList(Math.max(0, said.size() - 3), said.size()).toString();
    }

    /** Spoils a file of the words; false when there is none yet. */
    private boolean damaged() throws IOException {
        List<Path> files = files().stream()
                .filter(file -> file.toString().contains("words") && !file.endsWith("write.lock"))
                .toList();
        if (files.isEmpty()) return false;
        Path file = files.get(random.nextInt(files.size()));
        byte[] content = Files.readAllBytes(file);
        if (random.nextBoolean() || content.length == 0) Files.delete(file);
        else Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
        return true;
    }

    /** Opens it as the next life does, brings it up to date, and asks it. */
    private void checked(long committed, boolean damaged, String what) throws IOException {
        try (EmbeddedIndex index = new EmbeddedIndex(home, new FixedModels(), Runnable::run, Clock.systemUTC())) {
            long reached = caughtUp(index);
            assertTrue(reached <= head, what + ": it claims " + reached + " of " + head);
            if (!damaged) assertTrue(reached >= committed, what + ": " + committed + " was committed, not " + reached);
            List<String> current = history.current(head);
            List<String> gone = history.forgotten(head);
            for (String id : some(current))
                assertEquals(Set.of(id), ids(found(index, ChangeHistory.word(id), null)), what);
            for (String id : some(gone)) assertEquals(Set.of(), ids(found(index, ChangeHistory.word(id), null)), what);
            embedded(index);
            for (String id : some(current)) assertTrue(ids(found(index, "", id)).contains(id), what);
            for (String id : some(gone)) assertFalse(ids(found(index, "", id)).contains(id), what);
            IndexLife.done(index.purge());
            // before that it counts what is marked as removed
            assertEquals(
                    current.size(),
                    found(index, ChangeHistory.COMMON, null)
                            .counts()
                            .values()
                            .iterator()
                            .next()
                            .facts(),
                    what);
            seen += onDisk(words(some(current))).size();
        }
        erased.addAll(history.forgotten(head));
        noneOnDisk(erased, what + ", after the sweep");
    }

    /** What is damaged is emptied when it is met, and built at the second attempt. */
    private long caughtUp(EmbeddedIndex index) {
        for (int attempt = 0; ; attempt++)
            try {
                return IndexLife.caughtUp(index, history, head);
            } catch (CompletionException e) {
                if (attempt == 3) throw e;
            }
    }

    /** Whatever has lost its vector gets it again, as the service does. */
    private static void embedded(EmbeddedIndex index) {
        Lacking lacking =
                IndexLife.done(index.lacking(ChangeHistory.PLACE, Set.of(MemoryIndexConformance.MODEL), null, 100_000));
        Map<String, float[]> vectors = new HashMap<>();
        for (String id : lacking.ids()) vectors.put(id, ChangeHistory.vector(id));
        IndexLife.done(index.addVectors(ChangeHistory.PLACE, MemoryIndexConformance.MODEL, vectors));
    }

    /** By a word, or by the vector of a memory. */
    private static Found found(EmbeddedIndex index, String word, @Nullable String near) {
        Embedder.Vector vector =
                near == null ? null : new Embedder.Vector(MemoryIndexConformance.MODEL, ChangeHistory.vector(near));
        return IndexLife.done(index.search(new Query(
                ChangeHistory.PLACE.tenant(),
                Set.of(ChangeHistory.PLACE.scope()),
                word.isEmpty() ? Set.of() : Set.of(word),
                vector,
                word.isEmpty() ? 0 : 10,
                vector == null ? 0 : 10)));
    }

    private static Set<String> ids(Found found) {
        Set<String> ids = new HashSet<>();
        for (Found.Candidate candidate : found.candidates()) ids.add(candidate.id());
        return ids;
    }

    private List<String> some(List<String> ids) {
        if (ids.size() <= SAMPLE) return ids;
        List<String> some = new ArrayList<>();
        for (int i = 0; i < SAMPLE; i++) some.add(ids.get(random.nextInt(ids.size())));
        return some;
    }

    private void noneOnDisk(Set<String> ids, String what) throws IOException {
        assertEquals(Set.of(), onDisk(words(ids)), what + ": something erased is in a file");
    }

    /** What stands of these in files: their words, and their vectors. */
    private static Set<String> words(Collection<String> ids) {
        Set<String> words = new HashSet<>();
        for (String id : ids) {
            words.add(ChangeHistory.word(id));
            words.add(beginning(ChangeHistory.vector(id)));
        }
        return words;
    }

    /** Of a vector as it stands in a file. */
    private static String beginning(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 8; i++) bytes.putFloat(vector[i]);
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    /** The ends of those of these strings of 32 bytes that are anywhere in a file; its beginning a word may share with another. */
    private Set<String> onDisk(Set<String> wanted) throws IOException {
        Set<String> ends = new HashSet<>();
        boolean[] begins = new boolean[1 << 16];
        for (String each : wanted) {
            String end = each.substring(32 - END);
            ends.add(end);
            begins[end.charAt(0) << 8 | end.charAt(1)] = true;
        }
        Set<String> found = new HashSet<>();
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            for (int at = 0; at + END <= content.length; at++) {
                if (!begins[(content[at] & 0xff) << 8 | content[at + 1] & 0xff]) continue;
                String part = new String(content, at, END, StandardCharsets.ISO_8859_1);
                if (ends.contains(part)) found.add(part);
            }
        }
        return found;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
