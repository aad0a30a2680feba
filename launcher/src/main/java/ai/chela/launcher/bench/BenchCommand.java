package ai.chela.launcher.bench;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.client.Caller;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.data.Json;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.supervise.ProcessId;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: what a plain turn and a start cost, beside the goals. Measured from outside, HTTP and stream included. */
@Command(name = "bench", description = "Measure a plain turn and the start, beside their goals")
public final class BenchCommand implements Callable<Integer> {
    /** The kernel counts processor time in these, on every Linux of the platforms that the stack runs on. */
    private static final double MILLIS_PER_TICK = 10;

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "As JSON")
    private boolean json;

    @Option(names = "--turns", defaultValue = "200", description = "Turns one at a time (default: ${DEFAULT-VALUE})")
    private int turns = 200;

    @Option(names = "--rate", defaultValue = "50", description = "Turns a second (default: ${DEFAULT-VALUE})")
    private int rate = 50;

    @Option(names = "--seconds", defaultValue = "10", description = "For how long (default: ${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            defaultValue = "500",
            description = "Turns before, not counted (default: ${DEFAULT-VALUE})")
    private int warmUp = 500;

    public BenchCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        StackState state = StackState.read(folder);
        if (state.runningSupervisor().isEmpty())
            throw here.problem(
                    "Nothing runs on %s. Start it with `./chela up --detach%s`.",
                    "%s 上没有运行中的环境。请用 `./chela up --detach%s` 启动。", folder.path(), data.suffix());
        ObjectNode found = Json.MAPPER.createObjectNode();
        found.put("cpus", Runtime.getRuntime().availableProcessors());
        try (Load load = new Load(Caller.of(here, folder, null))) {
            if (!json) here.say("Warming up with %d turns ...", "预热 %d 轮 ...", warmUp);
            load.steady(Math.clamp(rate, 1, 1000), Math.max(1, warmUp / Math.clamp(rate, 1, 1000)));
            measure(found.putObject("oneAtATime"), state, () -> load.oneAtATime(Math.clamp(turns, 1, 100_000)));
            measure(
                    found.putObject("steady").put("perSecond", rate),
                    state,
                    () -> load.steady(Math.clamp(rate, 1, 1000), Math.clamp(seconds, 1, 3600)));
        }
        start(found.putObject("start"), state);
        if (json) here.out().println(Json.MAPPER.writeValueAsString(found));
        else show(found);
        return found.at("/oneAtATime/lost").asInt() + found.at("/steady/lost").asInt() == 0
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    /** A run of turns. */
    @FunctionalInterface
    private interface Run {
        Latencies run() throws InterruptedException;
    }

    private void measure(ObjectNode into, StackState state, Run run) throws InterruptedException {
        long before = ticks(state);
        Latencies took = run.run();
        double cpu = (ticks(state) - before) * MILLIS_PER_TICK;
        into.put("turns", took.asked()).put("lost", took.lost());
        into.put("p50Millis", took.percentile(50)).put("p90Millis", took.percentile(90));
        into.put("p99Millis", took.percentile(99)).put("maxMillis", took.percentile(100));
        into.put("cpuMillisPerTurn", cpu / Math.max(1, took.asked()));
        into.put("distribution", took.distribution());
    }

    private static long ticks(StackState state) {
        return state.processes().values().stream()
                .mapToLong(ProcessId::cpuTicks)
                .sum();
    }

    private static void start(ObjectNode into, StackState state) {
        for (Map.Entry<String, Long> part : state.startMillis().entrySet())
            into.put(part.getKey() + "Millis", part.getValue());
        if (state.firstAnswerMillis() != null) into.put("firstAnswerMillis", state.firstAnswerMillis());
        long services = 0;
        for (Map.Entry<String, ProcessId> process : state.processes().entrySet())
            if (!process.getKey().equals("kafka") && !process.getKey().equals("postgres"))
                services += process.getValue().residentBytes();
        into.put("servicesResidentMegabytes", services >> 20);
    }

    private void show(ObjectNode found) {
        row(found.get("oneAtATime"), here.language().say("plain turn, one at a time", "普通一轮，逐个发送"));
        row(found.get("steady"), here.language().say("plain turn, %d a second", "普通一轮，每秒 %d 个", rate));
        here.say(
                "goal: p50 <= 8 ms, p99 <= 30 ms, accepted to reply; here HTTP and the stream are included",
                "目标：从接受到回复 p50 <= 8 毫秒，p99 <= 30 毫秒；此处含 HTTP 与事件流");
        here.say(
                "start: %.1f s to the first answer (goal: 10 s), of which Kafka %.1f s, PostgreSQL %.1f s",
                "启动：%.1f 秒得到首个回答（目标：10 秒），其中 Kafka %.1f 秒，PostgreSQL %.1f 秒",
                found.at("/start/upMillis").asLong() / 1000.0,
                found.at("/start/kafkaMillis").asLong() / 1000.0,
                found.at("/start/postgresMillis").asLong() / 1000.0);
        here.say(
                "memory of the five services: %d MB (goal: 900 MB)",
                "五个服务的内存：%d MB（目标：900 MB）",
                found.at("/start/servicesResidentMegabytes").asLong());
    }

    private void row(com.fasterxml.jackson.databind.JsonNode it, String name) {
        here.out()
                .printf(
                        Locale.ROOT,
                        "%-28s p50 %6.1f  p90 %6.1f  p99 %6.1f  max %6.1f ms   CPU %5.1f ms   %s %d/%d%n    %s%n",
                        name,
                        it.path("p50Millis").asDouble(),
                        it.path("p90Millis").asDouble(),
                        it.path("p99Millis").asDouble(),
                        it.path("maxMillis").asDouble(),
                        it.path("cpuMillisPerTurn").asDouble(),
                        here.language().say("lost", "丢失"),
                        it.path("lost").asInt(),
                        it.path("turns").asInt(),
                        it.path("distribution").asText());
    }
}
