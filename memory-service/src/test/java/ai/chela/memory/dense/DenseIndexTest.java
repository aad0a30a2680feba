package ai.chela.memory.dense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.embedding.Embedder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DenseIndexTest {
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    Path folder = Path.of("");

    private final Random random = new Random(7);
    private final Map<String, float[]> kept = new LinkedHashMap<>();

    @Test
    void with_all_looked_at_closely_the_answers_are_those_of_brute_force() throws IOException {
        try (DenseIndex index = open()) {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 50; i++) add(index, round * 50 + i);
                for (int i = 0; i < 10; i++) remove(index, random.nextInt(round * 50 + 50));
                assertSameAsBruteForce(index);
            }
        }
    }

    @Test
    void by_signs_and_codes_nearly_all_of_the_nearest_are_found() throws IOException {
        try (DenseIndex index = open()) {
            for (int i = 0; i < 6_000; i++) add(index, i);
            int found = 0;
            for (int i = 0; i < 50; i++) {
                float[] query = Vectors.random(random);
                Set<Near> right = new HashSet<>(Vectors.bruteForce(kept, query, 10));
                for (Near near : index.search(query, 10, new DenseIndex.Width(2_000, 64)))
                    if (right.contains(near)) found++;
            }
            assertTrue(found >= 480, found + " of 500");
        }
    }

    @Test
    void what_was_removed_is_never_found_and_is_not_in_the_files() throws IOException {
        float[] secret = Vectors.random(random);
        try (DenseIndex index = open()) {
            for (int i = 0; i < 300; i++) add(index, i);
            index.add(Vectors.id(1_000), secret);
            index.remove(List.of(Vectors.id(1_000), Vectors.id(2_000)));
            assertFalse(ids(index.search(secret, 301, all(400))).contains(Vectors.id(1_000)));
        }
        byte[] firstPlaces = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(secret[0])
                .putFloat(secret[1])
                .putFloat(secret[2])
                .array();
        assertFalse(holds(Files.readAllBytes(folder.resolve("vectors")), firstPlaces));
        try (DenseIndex index = open()) {
            assertFalse(index.contains(Vectors.id(1_000)));
            assertSameAsBruteForce(index);
        }
    }

    @Test
    void a_place_that_became_free_is_used_again() throws IOException {
        try (DenseIndex index = open()) {
            for (int i = 0; i < 256; i++) add(index, i);
            long before = Files.size(folder.resolve("vectors"));
            for (int i = 0; i < 100; i++) remove(index, i);
            for (int i = 500; i < 600; i++) add(index, i);
            assertEquals(before, Files.size(folder.resolve("vectors")));
            assertSameAsBruteForce(index);
        }
    }

    @Test
    void what_was_added_is_there_after_a_restart() throws IOException {
        try (DenseIndex index = open()) {
            for (int i = 0; i < 700; i++) add(index, i);
        }
        try (DenseIndex index = open()) {
            assertEquals(700, index.size());
            assertEquals(new HashSet<>(kept.keySet()), new HashSet<>(index.ids()));
            assertEquals(0, index.repaired());
            assertSameAsBruteForce(index);
        }
    }

    @Test
    void cut_off_at_any_byte_it_opens_and_what_is_left_is_right() throws IOException {
        try (DenseIndex index = open()) {
            for (int i = 0; i < 300; i++) add(index, i);
            for (int i = 0; i < 40; i++) remove(index, random.nextInt(300));
        }
        byte[] codes = Files.readAllBytes(folder.resolve("codes"));
        byte[] vectors = Files.readAllBytes(folder.resolve("vectors"));
        for (int round = 0; round < 150; round++) {
            Files.write(folder.resolve("codes"), cut(codes));
            Files.write(folder.resolve("vectors"), cut(vectors));
            assertHeals();
        }
    }

    @Test
    void with_any_bytes_changed_it_opens_and_what_is_left_is_right() throws IOException {
        try (DenseIndex index = open()) {
            for (int i = 0; i < 300; i++) add(index, i);
            for (int i = 0; i < 40; i++) remove(index, random.nextInt(300));
        }
        byte[] codes = Files.readAllBytes(folder.resolve("codes"));
        byte[] vectors = Files.readAllBytes(folder.resolve("vectors"));
        for (int round = 0; round < 150; round++) {
            Files.write(folder.resolve("codes"), damaged(codes));
            Files.write(folder.resolve("vectors"), damaged(vectors));
            assertHeals();
        }
    }

    @Test
    void a_record_that_goes_bad_while_it_is_open_is_left_out_and_can_be_added_again() throws IOException {
        try (DenseIndex index = open()) {
            for (int i = 0; i < 100; i++) add(index, i);
            float[] query = kept.getOrDefault(Vectors.id(0), Vectors.MEAN);
            try (FileChannel file = FileChannel.open(folder.resolve("vectors"), StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), headerLength() + 8);
            }
            assertFalse(ids(index.search(query, 10)).contains(Vectors.id(0)));
            assertFalse(index.contains(Vectors.id(0)));
            assertEquals(1, index.repaired());
            index.add(Vectors.id(0), query);
            assertSameAsBruteForce(index);
        }
    }

    @Test
    void files_of_another_model_are_emptied() throws IOException {
        try (DenseIndex index = open()) {
            add(index, 1);
        }
        try (DenseIndex index = DenseIndex.open(folder, new Embedder.Model("other", 64), Vectors.MEAN)) {
            assertEquals(0, index.size());
        }
    }

    @Test
    void a_second_process_does_not_get_the_files() throws IOException {
        try (DenseIndex index = open()) {
            add(index, 1);
            assertThrows(Exception.class, this::open);
            assertEquals(1, index.size());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void only_the_owner_may_read_the_files() throws IOException {
        open().close();
        for (String file : List.of("codes", "vectors"))
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))));
    }

    private static DenseIndex.Width all(int byCodes) {
        return new DenseIndex.Width(ALL, byCodes);
    }

    private DenseIndex open() throws IOException {
        return DenseIndex.open(folder, Vectors.MODEL, Vectors.MEAN);
    }

    private void add(DenseIndex index, int number) throws IOException {
        float[] vector = Vectors.random(random);
        if (kept.putIfAbsent(Vectors.id(number), vector) == null) index.add(Vectors.id(number), vector);
    }

    private void remove(DenseIndex index, int number) throws IOException {
        kept.remove(Vectors.id(number));
        index.remove(List.of(Vectors.id(number)));
    }

    private void assertSameAsBruteForce(DenseIndex index) throws IOException {
        for (int i = 0; i < 5; i++) {
            float[] query = Vectors.random(random);
            assertEquals(Vectors.bruteForce(kept, query, 10), index.search(query, 10, all(Math.max(10, kept.size()))));
        }
    }

    /** What is found is right, what is gone stays away, and what is lost can be added again. */
    private void assertHeals() throws IOException {
        try (DenseIndex index = open()) {
            for (Near near : index.search(Vectors.random(random), 400, all(400))) {
                float[] right = kept.get(near.id());
                assertTrue(right != null, "back from the dead");
                assertEquals(1, index.cosine(near.id(), right), 1e-5);
            }
            for (Map.Entry<String, float[]> each : kept.entrySet()) index.add(each.getKey(), each.getValue());
            assertSameAsBruteForce(index);
        }
    }

    private byte[] cut(byte[] file) {
        return java.util.Arrays.copyOf(file, random.nextInt(file.length + 1));
    }

    private byte[] damaged(byte[] file) {
        byte[] copy = file.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(copy.length);
            int to = Math.min(copy.length, from + 1 + random.nextInt(600));
            for (int at = from; at < to; at++) copy[at] = (byte) random.nextInt();
        }
        return copy;
    }

    private static int headerLength() {
        return 16 + Vectors.MODEL.name().length() + Float.BYTES * Vectors.MEAN.length + Integer.BYTES;
    }

    private static Set<String> ids(List<Near> nearest) {
        Set<String> ids = new HashSet<>();
        for (Near near : nearest) ids.add(near.id());
        return ids;
    }

    private static boolean holds(byte[] file, byte[] part) {
        for (int at = 0; at + part.length <= file.length; at++)
            if (java.util.Arrays.equals(file, at, at + part.length, part, 0, part.length)) return true;
        return false;
    }
}
