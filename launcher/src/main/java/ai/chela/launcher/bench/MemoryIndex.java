package ai.chela.launcher.bench;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.Json;
import ai.chela.launcher.stack.Service;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code bench --memory}: the index of memory-service by itself, without a stack. The measuring is done by a program of
 * memory-service's own in a process of its own, over a folder that is removed afterwards; this shows what it found.
 */
final class MemoryIndex {
    private static final String PROGRAM = "ai.chela.memory.bench.MemoryBench";

    /** Of a million memories: what stands in memory is about a hundred megabytes, the rest is room. */
    private static final int HEAP_MEGABYTES = 256;

    private static final int LARGEST = 2_000_000;
    private static final int SMALLEST = 10_000;

    private final Surroundings here;
    private final int size;
    private final int questions;

    /**
     * @param size such as {@code 100k}, {@code 1m} or {@code 250000}
     */
    MemoryIndex(Surroundings here, String size, int questions) {
        this.here = here;
        this.size = number(here, size);
        this.questions = Math.clamp(questions, 10, 1_000);
    }

    private static int number(Surroundings here, String size) {
        String text = size.toLowerCase(Locale.ROOT);
        int unit = text.endsWith("m") ? 1_000_000 : text.endsWith("k") ? 1_000 : 1;
        String digits = unit == 1 ? text : text.substring(0, text.length() - 1);
        long number = digits.matches("\\d{1,7}") ? Long.parseLong(digits) * unit : 0;
        if (number < SMALLEST || number > LARGEST)
            throw new Problem(
                    ExitCode.USAGE,
                    here.language()
                            .say(
                                    "--size %s: from 10k to 2m, such as 100k or 1m.",
                                    "--size %s：应在 10k 到 2m 之间，例如 100k 或 1m。", size));
        return (int) number;
    }

    /** @param beside the data folder next to which the index is built, so that it is on the same disk */
    List<Finding> take(DataFolder beside) throws IOException, InterruptedException {
        String classes = classes();
        Path parent = beside.path().toAbsolutePath().getParent();
        Path home = parent == null ? beside.path() : parent;
        Files.createDirectories(home);
        Path folder = Files.createTempDirectory(
                home,
                "chela-bench-memory-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Process process = new ProcessBuilder(command(classes, folder))
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
        Thread onSignal = Thread.ofPlatform().unstarted(() -> {
            process.destroyForcibly().onExit().join();
            remove(folder);
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return findings(answer(process));
        } finally {
            process.destroyForcibly().onExit().join();
            Runtime.getRuntime().removeShutdownHook(onSignal);
            remove(folder);
        }
    }

    private String classes() {
        Path built = here.root().resolve(Service.MEMORY.folder()).resolve("target/quarkus-app");
        if (!Files.isDirectory(built.resolve("lib/main")))
            throw here.problem(
                    "memory-service is not built. Run `./chela build` first.",
                    "memory-service 尚未构建。请先运行 `./chela build`。");
        return String.join(":", List.of(built + "/app/*", built + "/lib/boot/*", built + "/lib/main/*"));
    }

    private List<String> command(String classes, Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classes,
                PROGRAM,
                folder.toString(),
                Integer.toString(size),
                Integer.toString(questions));
    }

    /** What it says meanwhile is passed on; its answer is the last line of its output. */
    private JsonNode answer(Process process) throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        Thread telling = Thread.ofVirtual().start(() -> tell(process, said));
        String last = "";
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) last = line;
        }
        telling.join();
        if (process.waitFor() != 0 || !last.startsWith("{"))
            throw here.problem(
                    "The benchmark of the index ended without a result. It last said: %s",
                    "索引基准测试没有得出结果。最后的输出：%s", said.isEmpty() ? "-" : said.getLast());
        return Json.MAPPER.readTree(last);
    }

    private void tell(Process process, List<String> said) {
        process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            said.add(line);
            if (line.startsWith("... ")) here.err().println(line);
        });
    }

    private List<Finding> findings(JsonNode found) {
        return List.of(
                new Finding(
                        "memoryBuild",
                        say(
                                "index of %,d memories",
                                "%,d 条记忆的索引", found.path("memories").asInt()),
                        List.of(
                                value(found, "buildPerCpuSecond", "built a CPU second", "每 CPU 秒构建", "/s"),
                                value(found, "wordsMiB", "words on disk", "词索引占用磁盘", "MiB"),
                                value(found, "vectorsMiB", "vectors on disk", "向量占用磁盘", "MiB"),
                                value(
                                        found,
                                        "residentGrowthMiB",
                                        "resident, grown by",
                                        "常驻内存增加",
                                        "MiB",
                                        atMost("", 700, found, "residentGrowthMiB")),
                                value(
                                        found,
                                        "restartToFirstRecallMillis",
                                        "restart to first recall",
                                        "重启到首次回忆",
                                        "ms",
                                        atMost("", 2_000, found, "restartToFirstRecallMillis")))),
                times(found, "meaning", "recall by meaning, vector given", "按含义回忆，已给向量", 10),
                times(found, "wordsAndMeaning", "by words and meaning", "按词语和含义回忆", 10),
                times(found, "hundredth", "scope of a hundredth as many", "百分之一规模的范围", 2),
                times(found, "tenants", "100 other tenants of 1,000", "另有 100 个租户，各 1,000 条", 0),
                times(found, "whileWriting", "with 100 writes a second", "同时每秒写入 100 条", 0));
    }

    private Finding times(JsonNode found, String key, String english, String chinese, double mostCpu) {
        List<Line> lines = new ArrayList<>();
        if (found.has(key + "RecallAt10"))
            lines.add(new Line.Value(
                    "recallAt10",
                    say("recall@10", "recall@10"),
                    found.path(key + "RecallAt10").asDouble(),
                    "",
                    List.of(Goal.atLeast(
                            "", 0.99, found.path(key + "RecallAt10").asDouble()))));
        lines.add(value(found, key + "CpuP50Millis", "CPU, median", "CPU 中位数", "ms"));
        lines.add(
                mostCpu == 0
                        ? value(found, key + "CpuP99Millis", "CPU, slowest hundredth", "CPU 最慢百分之一", "ms")
                        : value(
                                found,
                                key + "CpuP99Millis",
                                "CPU, slowest hundredth",
                                "CPU 最慢百分之一",
                                "ms",
                                atMost("p99", mostCpu, found, key + "CpuP99Millis")));
        lines.add(value(found, key + "WallP50Millis", "time, median", "耗时中位数", "ms"));
        lines.add(value(found, key + "WallP99Millis", "time, slowest hundredth", "耗时最慢百分之一", "ms"));
        if (found.has(key + "WritesPerSecond"))
            lines.add(value(found, key + "WritesPerSecond", "written meanwhile", "期间写入", "/s"));
        return new Finding(
                "memory" + key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1),
                say(english, chinese),
                lines);
    }

    private static Goal atMost(String figure, double limit, JsonNode found, String key) {
        return Goal.atMost(figure, limit, found.path(key).asDouble(Double.NaN));
    }

    private Line.Value value(JsonNode found, String key, String english, String chinese, String unit, Goal... goals) {
        return new Line.Value(key, say(english, chinese), found.path(key).asDouble(Double.NaN), unit, List.of(goals));
    }

    private String say(String english, String chinese, Object... arguments) {
        return here.language().say(english, chinese, arguments);
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
