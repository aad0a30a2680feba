package ai.chela.memory.bench;

import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.WireJson;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.embedding.InProcessEmbedder;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.EmbeddedIndex;
import ai.chela.memory.index.Entry;
import ai.chela.memory.index.Found;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Query;
import ai.chela.memory.index.Step;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills an embedded index with many memories and measures it, in a process of its own. Arguments: a folder, which is emptied and
 * filled, the number of memories, the number of questions. Prints one JSON object on standard output, each figure under its name,
 * and what is under way on standard error. Times are of one thread; CPU is that thread's.
 */
public final class MemoryBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int LIMIT = 10;
    private static final int PAGE = 2_000;
    private static final int TENANTS = 100;
    private static final int WRITES_A_SECOND = 100;

    /** What recall asks an index for, see {@code ai.chela.memory.recall.Ranking}. */
    private static final int BY_WORDS = 60;

    private static final int BY_MEANING = 30;

    private static final Place ALL = new Place("bench", new Scope.Tenant());
    private static final Place HUNDREDTH = new Place("bench", new Scope.Person("one"));

    private final Random random = new Random(11);
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Path folder;
    private final int size;
    private final Embedder embedder;
    private final Likeness likeness;
    private final float[][] asked;
    private final Exact exact;
    private final Exact exactOfHundredth;
    private EmbeddedIndex index;
    private int made;

    private MemoryBench(Path folder, int size, int questions, Embedder embedder) throws IOException {
        this.folder = folder;
        this.size = size;
        this.embedder = embedder;
        this.likeness = new Likeness(embedder);
        this.asked = new float[questions][];
        for (int i = 0; i < questions; i++) asked[i] = likeness.question(random);
        this.exact = new Exact(asked, LIMIT);
        this.exactOfHundredth = new Exact(asked, LIMIT);
        this.index = open();
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int size = Integer.parseInt(arguments[1]);
        int questions = Integer.parseInt(arguments[2]);
        Files.createDirectories(folder);
        try (InProcessEmbedder embedder = new InProcessEmbedder(Clock.systemUTC(), new SimpleMeterRegistry())) {
            MemoryBench bench = new MemoryBench(folder, size, questions, embedder);
            System.out.println(new String(WireJson.bytes(bench.run()), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private EmbeddedIndex open() {
        return new EmbeddedIndex(folder, embedder, Runnable::run, Clock.systemUTC());
    }

    private Map<String, Object> run() throws Exception {
        figures.put("memories", size);
        double before = residentMiB();
        build();
        hundredTenants();
        restart();
        measure("meaning", ALL, exact, Set.of());
        measure("wordsAndMeaning", ALL, null, Set.of("x"));
        measure("hundredth", HUNDREDTH, exactOfHundredth, Set.of());
        measure("tenants", null, null, Set.of("x"));
        whileWriting();
        figures.put("residentGrowthMiB", rounded(residentMiB() - before));
        index.close();
        return figures;
    }

    private void build() throws IOException {
        say("building " + size);
        long cpu = 0;
        long start = System.nanoTime();
        long other = 0;
        for (int done = 0; done < size; done += PAGE) {
            int count = Math.min(PAGE, size - done);
            long apart = System.nanoTime();
            Batch batch = batch(count, exact);
            other += System.nanoTime() - apart;
            long cpuBefore = cpu();
            put(ALL, batch, done);
            cpu += cpu() - cpuBefore;
            if (done % 100_000 == 0 && done > 0) say("built " + done);
        }
        double seconds = (System.nanoTime() - start - other) / 1e9;
        fill(HUNDREDTH, size / 100, exactOfHundredth);
        done(index.commit());
        figures.put("buildPerCpuSecond", Math.round(size / (cpu / 1e9)));
        figures.put("buildPerSecond", Math.round(size / seconds));
        figures.put("wordsMiB", rounded(bytes(folder.resolve("index")) / 1048576.0));
        figures.put("vectorsMiB", rounded(bytes(folder.resolve("vectors")) / 1048576.0));
    }

    private record Batch(List<Entry> entries, Map<String, float[]> vectors) {}

    private Batch batch(int count, Exact right) {
        List<Entry> entries = new ArrayList<>();
        Map<String, float[]> vectors = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String id = Ids.derive("bench", made);
            float[] vector = likeness.memory(random);
            right.offer(id, vector);
            entries.add(new Entry(id, likeness.terms(random, made++)));
            vectors.put(id, vector);
        }
        return new Batch(entries, vectors);
    }

    private void put(Place place, Batch batch, long sofar) {
        List<Step> steps = new ArrayList<>();
        for (Entry entry : batch.entries()) steps.add(new Step.Put(sofar + steps.size() + 1, entry));
        done(index.apply(place, steps, sofar + steps.size()));
        done(index.addVectors(place, likeness.model(), batch.vectors()));
    }

    private void fill(Place place, int count, Exact right) {
        for (int sofar = 0; sofar < count; sofar += PAGE)
            put(place, batch(Math.min(PAGE, count - sofar), right), sofar);
    }

    private void hundredTenants() {
        say(TENANTS + " tenants of 1000");
        Exact unused = new Exact(new float[0][], LIMIT);
        for (int tenant = 0; tenant < TENANTS; tenant++) fill(tenant(tenant), 1_000, unused);
        done(index.commit());
    }

    private static Place tenant(int number) {
        return new Place("bench-" + number, new Scope.Tenant());
    }

    /** Without a closing that would write anything: what was committed is what there is. */
    private void restart() throws IOException {
        say("restart");
        index.close();
        long start = System.nanoTime();
        long cpuBefore = cpu();
        index = open();
        done(index.reached(ALL.tenant(), Set.of(ALL.scope())));
        done(index.search(query(ALL, asked[0], keys(true))));
        figures.put("restartToFirstRecallMillis", rounded((System.nanoTime() - start) / 1e6));
        figures.put("restartToFirstRecallCpuMillis", rounded((cpu() - cpuBefore) / 1e6));
    }

    private Query query(Place place, float[] vector, Set<String> keys) {
        return new Query(
                place.tenant(),
                Set.of(place.scope()),
                keys,
                new Embedder.Vector(likeness.model(), vector),
                keys.isEmpty() ? 0 : BY_WORDS,
                keys.isEmpty() ? LIMIT : BY_MEANING);
    }

    private Set<String> keys(boolean any) {
        if (!any) return Set.of();
        Set<String> keys = new LinkedHashSet<>();
        while (keys.size() < 4) keys.add(likeness.word(random));
        return keys;
    }

    /** Three times each question, after a warm-up. @param place null for another tenant each time */
    private void measure(String name, @Nullable Place place, @Nullable Exact right, Set<String> words) {
        say(name);
        boolean withWords = !words.isEmpty();
        for (int i = 0; i < 400; i++) done(index.search(query(at(place, i), asked[i % asked.length], keys(withWords))));
        long[] cpu = new long[3 * asked.length];
        long[] wall = new long[cpu.length];
        double found = 0;
        for (int i = 0; i < cpu.length; i++) {
            Query query = query(at(place, i), asked[i % asked.length], keys(withWords));
            long cpuBefore = cpu();
            long before = System.nanoTime();
            Found answer = done(index.search(query));
            wall[i] = System.nanoTime() - before;
            cpu[i] = cpu() - cpuBefore;
            if (right != null)
                for (Found.Candidate candidate : answer.candidates())
                    if (right.of(i % asked.length).contains(candidate.id())) found++;
        }
        if (right != null) figures.put(name + "RecallAt10", Math.round(found / (LIMIT * cpu.length) * 1e4) / 1e4);
        put(name + "Cpu", cpu);
        put(name + "Wall", wall);
    }

    private static Place at(@Nullable Place place, int number) {
        return place == null ? tenant(number % TENANTS) : place;
    }

    private void put(String name, long[] nanos) {
        Arrays.sort(nanos);
        figures.put(name + "P50Millis", rounded(nanos[nanos.length / 2] / 1e6));
        figures.put(name + "P99Millis", rounded(nanos[nanos.length * 99 / 100] / 1e6));
    }

    /** Another thread stores a hundred a second, each found by the next question, while this one asks. */
    private void whileWriting() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Thread writer = Thread.ofPlatform().start(() -> write(stop, written));
        long start = System.nanoTime();
        measure("whileWriting", ALL, null, Set.of("x"));
        double seconds = (System.nanoTime() - start) / 1e9;
        stop.set(true);
        writer.join();
        figures.put("whileWritingWritesPerSecond", Math.round(written.get() / seconds));
    }

    private void write(AtomicBoolean stop, AtomicInteger written) {
        Random own = new Random(5);
        long next = System.nanoTime();
        for (int number = size; !stop.get(); number++) {
            String id = Ids.derive("bench-written", number);
            Step put = new Step.Put(number + 1, new Entry(id, likeness.terms(own, number)));
            done(index.apply(ALL, List.of(put), number + 1));
            done(index.addVectors(ALL, likeness.model(), Map.of(id, likeness.memory(own))));
            written.incrementAndGet();
            next += 1_000_000_000L / WRITES_A_SECOND;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static long cpu() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static double residentMiB() throws IOException {
        System.gc();
        for (String line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith("VmRSS")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        return 0;
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static void say(String what) {
        System.err.println("... " + what);
    }
}
