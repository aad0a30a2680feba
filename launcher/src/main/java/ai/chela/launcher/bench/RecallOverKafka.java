package ai.chela.launcher.bench;

import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecallRequested;
import ai.chela.launcher.Problem;
import ai.chela.launcher.stack.Service;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code bench --memory --own}: from a question on its topic to the answer on its own, embedding of the question included, with
 * many memories of one person stored. They are stored through the topic on which people's words come, and each has its vector
 * before the first question that counts.
 */
final class RecallOverKafka {
    private static final double P50 = 15;
    private static final int RATE = 20;
    private static final int WARM_UP = 300;
    private static final int RESULTS = 10;

    /** So many are on their way to be stored at a time. */
    private static final int IN_FLIGHT = 64;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** For each memory: a core makes 50 to 100 vectors a second. */
    private static final Duration TO_EMBED = Duration.ofMillis(60);

    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final Bench bench;
    private final int facts;
    private final Random random = new Random(7);

    /**
     * @param facts stored, from 100 to 90,000
     */
    RecallOverKafka(Bench bench, int facts) {
        this.bench = bench;
        this.facts = Math.clamp(facts, 100, 90_000);
    }

    List<Finding> take() throws IOException, InterruptedException {
        try (MemoryTalk talk = MemoryTalk.with(bench)) {
            tell(bench.say("storing %,d memories", "正在存入 %,d 条记忆", facts));
            double stored = store(talk);
            tell(bench.say("waiting for their vectors", "正在等待生成向量"));
            double embedded = embedded(talk);
            for (int i = 0; i < WARM_UP; i++) asked(talk, System.nanoTime()).end();
            tell(bench.say("asking", "正在提问"));
            List<Line> lines = new ArrayList<>(List.of(
                    new Line.Value("memories", bench.say("memories", "记忆"), facts, ""),
                    new Line.Value("storedPerSecond", bench.say("stored", "存入"), stored, "/s"),
                    new Line.Value("vectors", bench.say("of them with a vector", "其中有向量"), embedded, "")));
            Finding alone = finding(
                    "memoryOverKafka",
                    bench.say("recall over Kafka, one question at a time", "经 Kafka 回忆，逐个提问"),
                    lines,
                    oneAtATime(talk));
            Finding steady = finding(
                    "memoryOverKafkaSteady",
                    bench.say("recall over Kafka, %d questions a second", "经 Kafka 回忆，每秒 %d 个问题", RATE),
                    List.of(),
                    steady(talk));
            return List.of(alone, steady);
        }
    }

    /** How many a second. */
    private double store(MemoryTalk talk) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Deque<CompletableFuture<MemoryTalk.Answer>> underWay = new ArrayDeque<>();
        for (int i = 0; i < facts; i++) {
            if (underWay.size() == IN_FLIGHT) stored(underWay.remove());
            String id = MemoryTalk.freshId();
            underWay.add(talk.send(
                    Topic.MEMORY_REQUESTED,
                    id,
                    new MemoryRequested.Remember(id, false, new BenchFact(i).told(), "Bench")));
        }
        while (!underWay.isEmpty()) stored(underWay.remove());
        return facts / ((System.nanoTime() - start) / 1e9);
    }

    private void stored(CompletableFuture<MemoryTalk.Answer> answer) throws InterruptedException {
        JsonNode content = await(answer).content();
        if (!content.path("kind").asText().equals("remembered"))
            throw bench.here().problem("A memory was not stored: %s", "有一条记忆未能存入：%s", content.toString());
    }

    private MemoryTalk.Answer await(CompletableFuture<MemoryTalk.Answer> answer) throws InterruptedException {
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            throw bench.here()
                    .problem(
                            "memory-service did not answer within %d s. Its log: %s",
                            "memory-service 在 %d 秒内没有回答。日志：%s",
                            LIMIT.toSeconds(),
                            bench.data().log(Service.MEMORY.folder()));
        } catch (ExecutionException e) {
            throw new Problem("Memory cannot be asked: " + Problem.reason(e), e);
        }
    }

    /** Questions keep memory-service at it; returns how many vectors there are. */
    private double embedded(MemoryTalk talk) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos() + facts * TO_EMBED.toNanos();
        while (true) {
            asked(talk, System.nanoTime()).end();
            Metrics now = bench.metrics(Service.MEMORY);
            double vectors = now.value("chela_memory_vectors", "");
            if (vectors >= facts || System.nanoTime() > end) return vectors;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** A question that was sent. */
    private final class Asked {
        private final BenchFact about;
        private final long sentNanos;
        private final CompletableFuture<MemoryTalk.Answer> answer;

        Asked(BenchFact about, long sentNanos, CompletableFuture<MemoryTalk.Answer> answer) {
            this.about = about;
            this.sentNanos = sentNanos;
            this.answer = answer;
        }

        /** Waits for it. */
        Ended end() throws InterruptedException {
            try {
                MemoryTalk.Answer came = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                return new Ended(
                        (came.arrivedNanos() - sentNanos) / 1e6,
                        came.content().path("millis").asDouble(),
                        came.content().findValuesAsText("text").stream().anyMatch(text -> text.endsWith(about.room())));
            } catch (TimeoutException _) {
                return new Ended(Double.NaN, Double.NaN, false);
            } catch (ExecutionException e) {
                throw new Problem("Memory cannot be asked: " + Problem.reason(e), e);
            }
        }
    }

    /**
     * What became of a question.
     *
     * @param millis until the answer; not a number when there was none
     * @param inside what memory-service itself says that it took, in whole milliseconds
     * @param right whether the memory that answers it was among the results
     */
    private record Ended(double millis, double inside, boolean right) {
        boolean lost() {
            return Double.isNaN(millis);
        }
    }

    private Asked asked(MemoryTalk talk, long sentNanos) throws IOException {
        BenchFact about = new BenchFact(random.nextInt(facts));
        String id = MemoryTalk.freshId();
        return new Asked(
                about,
                sentNanos,
                talk.send(Topic.RECALL_REQUESTED, id, new RecallRequested(id, about.question(), false, RESULTS)));
    }

    private List<Ended> oneAtATime(MemoryTalk talk) throws IOException, InterruptedException {
        List<Ended> all = new ArrayList<>();
        for (int i = 0; i < bench.sizes().turns(); i++)
            all.add(asked(talk, System.nanoTime()).end());
        return all;
    }

    /** Each at its time, whether the one before is answered or not; its time counts from when it was to be sent. */
    private List<Ended> steady(MemoryTalk talk) throws IOException, InterruptedException {
        List<Asked> asked = new ArrayList<>();
        long next = System.nanoTime();
        for (int i = 0; i < RATE * bench.sizes().seconds(); i++) {
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime())
                LockSupport.parkNanos(left);
            asked.add(asked(talk, next));
            next += 1_000_000_000L / RATE;
        }
        List<Ended> all = new ArrayList<>();
        for (Asked each : asked) all.add(each.end());
        return all;
    }

    private Finding finding(String key, String title, List<Line> first, List<Ended> all) {
        List<Ended> answered = all.stream().filter(it -> !it.lost()).toList();
        int wrong = (int) answered.stream().filter(it -> !it.right()).count();
        Latencies took = Latencies.of(answered.stream().map(Ended::millis).toList());
        List<Line> lines = new ArrayList<>(first);
        lines.add(new Line.Sent(all.size(), all.size() - answered.size(), wrong, 0));
        lines.add(new Line.Spread(
                "questionToAnswer",
                bench.say("question to answer", "提问到回答"),
                took,
                List.of(Goal.atMost("p50", P50, took.percentile(50)))));
        lines.add(new Line.Spread(
                "insideMillis",
                bench.say("inside memory-service", "memory-service 内部"),
                Latencies.of(answered.stream().map(Ended::inside).toList())));
        return new Finding(key, title, lines);
    }

    private void tell(String what) {
        bench.here().err().println("... " + what);
        bench.here().err().flush();
    }
}
