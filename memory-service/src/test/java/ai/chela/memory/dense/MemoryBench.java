package ai.chela.memory.dense;

import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.embedding.ReadyEmbedder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Measures the dense index over many vectors that resemble real ones: mixtures of what the English model says about the
 * sentences of the quality set. Arguments: number of vectors (100000), queries (200), folder. Prints one figure a line.
 */
public final class MemoryBench {
    private static final int LIMIT = 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Random random = new Random(11);
    private final List<float[]> base = new ArrayList<>();
    private final List<float[]> questions = new ArrayList<>();
    private final float[] mean = new float[384];

    private MemoryBench() {}

    public static void main(String[] arguments) throws IOException {
        int size = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int queries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        Path folder = arguments.length > 2
                ? Files.createDirectories(Path.of(arguments[2]))
                : Files.createTempDirectory("chela-bench");
        new MemoryBench().run(size, queries, folder);
    }

    private void run(int size, int queries, Path folder) throws IOException {
        read();
        Embedder.Model model = new Embedder.Model("bench", mean.length);
        long resident = resident();
        float[][] asked = new float[queries][];
        for (int i = 0; i < queries; i++) asked[i] = mixed(questions);
        Right right = new Right(asked, size);
        try (DenseIndex index = DenseIndex.open(folder, model, mean)) {
            build(index, right, size);
        }
        long start = System.nanoTime();
        try (DenseIndex index = DenseIndex.open(folder, model, mean)) {
            index.search(asked[0], LIMIT);
            print("restart to first recall", "ms", (System.nanoTime() - start) / 1e6);
            for (int[] width : new int[][] {{4_000, 64}, {8_000, 64}, {10_000, 64}, {20_000, 64}, {8_000, 200}})
                measure(index, right, asked, width[0], width[1]);
            print("resident growth, files that are mapped included", "MiB", (resident() - resident) / 1024.0);
            index.drop(folder);
        }
    }

    private void build(DenseIndex index, Right right, int size) throws IOException {
        long adding = 0;
        for (int i = 0; i < size; i++) {
            float[] vector = mixed(base);
            right.offer(i, vector);
            long start = THREADS.getCurrentThreadCpuTime();
            index.add(Vectors.id(i), vector);
            adding += THREADS.getCurrentThreadCpuTime() - start;
        }
        print("build", "vectors per CPU second", size / (adding / 1e9));
    }

    private static void measure(DenseIndex index, Right right, float[][] asked, int bySigns, int byCodes)
            throws IOException {
        for (int i = 0; i < 20; i++) index.search(asked[i % asked.length], LIMIT, bySigns, byCodes);
        long[] took = new long[asked.length];
        double found = 0;
        for (int i = 0; i < asked.length; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            List<Near> nearest = index.search(asked[i], LIMIT, bySigns, byCodes);
            took[i] = THREADS.getCurrentThreadCpuTime() - start;
            for (Near near : nearest) if (right.of(i).contains(near.id())) found++;
        }
        Arrays.sort(took);
        System.out.printf(
                "%,d by signs, %d by codes: recall@10 %.4f, CPU p50 %.2f ms, p99 %.2f ms%n",
                bySigns,
                byCodes,
                found / (LIMIT * asked.length),
                took[took.length / 2] / 1e6,
                took[took.length * 99 / 100] / 1e6);
    }

    /** The right answers, by comparing everything with everything while it goes by. */
    private static final class Right {
        private final float[][] asked;
        private final List<Nearest> nearest = new ArrayList<>();

        Right(float[][] asked, int size) {
            this.asked = asked;
            for (int i = 0; i < asked.length; i++) nearest.add(new Nearest(Math.min(LIMIT, size)));
        }

        void offer(int number, float[] vector) {
            for (int i = 0; i < asked.length; i++) nearest.get(i).offer(number, Quantizer.product(asked[i], vector));
        }

        Set<String> of(int query) {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < nearest.get(query).size(); i++)
                ids.add(Vectors.id(nearest.get(query).slot(i)));
            return ids;
        }
    }

    private void read() throws IOException {
        try (ReadyEmbedder models = new ReadyEmbedder();
                InputStream in =
                        Objects.requireNonNull(MemoryBench.class.getResourceAsStream("/recall/long/english.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("=="))
                    .toList()) {
                boolean question = line.startsWith("? ");
                String text = question ? line.split("\\|")[1] : line.substring(line.indexOf(": ") + 2);
                (question ? questions : base).add(models.fact(text).values());
            }
        }
        for (float[] vector : base) for (int i = 0; i < mean.length; i++) mean[i] += vector[i] / base.size();
    }

    /** Two to four of them in random shares, and a little noise. */
    private float[] mixed(List<float[]> from) {
        float[] mixture = new float[mean.length];
        for (int part = 2 + random.nextInt(3); part > 0; part--) {
            float[] one = from.get(random.nextInt(from.size()));
            float share = random.nextFloat();
            for (int i = 0; i < mixture.length; i++) mixture[i] += share * one[i];
        }
        double square = 0;
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] += 0.008f * (float) random.nextGaussian();
            square += mixture[i] * mixture[i];
        }
        for (int i = 0; i < mixture.length; i++) mixture[i] /= (float) Math.sqrt(square);
        return mixture;
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith("VmRSS")) return Long.parseLong(line.replaceAll("\\D", ""));
        return 0;
    }

    private static void print(String what, String unit, double value) {
        System.out.printf("%s: %,.1f %s%n", what, value, unit);
    }
}
