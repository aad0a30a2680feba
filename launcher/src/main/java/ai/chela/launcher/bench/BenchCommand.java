package ai.chela.launcher.bench;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.data.Json;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.stack.Ports;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: what Chela itself costs, beside the goals. Measured from outside, HTTP and stream included. */
@Command(name = "bench", description = "Measure what Chela itself costs, beside the goals")
public final class BenchCommand implements Callable<Integer> {
    /** In the order in which they are taken: what needs a quiet stack first, what leaves most behind last. */
    static final List<Measurement> ALL = List.of(
            new StartParts(),
            new DiskSync(),
            new Idle(),
            new PlainTurn(),
            new RecallTurn(),
            new ToolRound(),
            new SandboxStart(),
            new ModelTurn(),
            new ToolBurst(),
            new Parallel(),
            new Memory(),
            new Triggers());

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "As JSON")
    private boolean json;

    @Option(
            names = "--own",
            description =
                    "Measure a stack of the benchmark's own, which it brings up beside the data folder and removes."
                            + " Only there: model, triggers")
    private boolean own;

    @Option(names = "--port", paramLabel = "N", description = "With --own: the gateway's port (default: a free one)")
    private @Nullable Integer port;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Of start, disk, idle, plain, recall, tool, sandbox, model, burst, parallel, memory, triggers")
    private List<String> only = List.of();

    @Option(names = "--turns", defaultValue = "200", description = "Turns one at a time (default: ${DEFAULT-VALUE})")
    private int turns = 200;

    @Option(names = "--rate", defaultValue = "50", description = "Turns a second (default: ${DEFAULT-VALUE})")
    private int rate = 50;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "For how long at a rate and in parallel (default: ${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            defaultValue = "500",
            description = "Turns before, not counted (default: ${DEFAULT-VALUE})")
    private int warmUp = 500;

    @Option(names = "--idle-seconds", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}")
    private int idleSeconds = 60;

    @Option(names = "--triggers", defaultValue = "100000", description = "Stored ones (default: ${DEFAULT-VALUE})")
    private int triggers = 100_000;

    @Option(names = "--fires", defaultValue = "200", description = "Of triggers, a second (default: ${DEFAULT-VALUE})")
    private int fires = 200;

    @Option(names = "--fire-seconds", defaultValue = "30", description = "Default: ${DEFAULT-VALUE}")
    private int fireSeconds = 30;

    @Option(
            names = "--memory",
            description =
                    "Measure the index of memories alone: nothing needs to run, and it is removed afterwards. With"
                            + " --own: then recall over Kafka too")
    private boolean memory;

    @Option(
            names = "--size",
            defaultValue = "100k",
            paramLabel = "N",
            description =
                    "With --memory: how many memories the index holds, such as 100k or 1m; 0 with --own: leave it out"
                            + " (default: ${DEFAULT-VALUE})")
    private String size = "100k";

    @Option(
            names = "--facts",
            defaultValue = "10000",
            description = "With --memory --own: how many memories one person has (default: ${DEFAULT-VALUE})")
    private int facts = 10_000;

    @Option(names = "--questions", defaultValue = "100", description = "With --memory (default: ${DEFAULT-VALUE})")
    private int questions = 100;

    @Option(
            names = "--start",
            description =
                    "Measure starts and what the services take, as one kind of program and another, each in a stack of the"
                            + " benchmark's own")
    private boolean start;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "KIND",
            description = "With --start: of fast-jar, aot, native (default: all)")
    private List<String> kinds = List.of();

    @Option(
            names = "--starts",
            defaultValue = "5",
            description = "With --start: of each service (default: ${DEFAULT-VALUE})")
    private int starts = 5;

    public BenchCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Measurement> chosen = chosen(only);
        DataFolder folder = data.folder(here);
        if (memory) return measureMemory(folder);
        if (start) return measureStarts(folder);
        if (!own) {
            requireRunning(folder);
            return measure(folder, null, chosen);
        }
        tell(here.language().say("Bringing up a stack to measure ...", "正在启动用于测量的环境 ..."));
        boolean twice = chosen.stream().anyMatch(StartParts.class::isInstance);
        try (OwnStack stack = OwnStack.start(here, folder, port(), twice)) {
            return measure(stack.data(), stack, chosen);
        }
    }

    private void requireRunning(DataFolder folder) throws IOException {
        if (StackState.read(folder).runningSupervisor().isEmpty())
            throw here.problem(
                    "Nothing runs on %s. Start it with `./chela up --detach%s`, or measure a stack of the benchmark's own: --own.",
                    "%s 上没有运行中的环境。请用 `./chela up --detach%s` 启动，或用 --own 测量专用环境。", folder.path(), data.suffix());
    }

    private int port() {
        if (port != null && (port < 1024 || port > 65_000))
            throw new Problem(
                    ExitCode.USAGE,
                    here.language().say("--port must be between 1024 and 65000.", "--port 必须在 1024 到 65000 之间。"));
        int chosen = port == null ? Ports.DEFAULT_HTTP + 100 : port;
        if (port == null) while (!Ports.isFree(chosen)) chosen++;
        return chosen;
    }

    private List<Measurement> chosen(List<String> names) {
        for (String name : names)
            if (ALL.stream().noneMatch(it -> it.name().equals(name)))
                throw new Problem(
                        ExitCode.USAGE,
                        here.language()
                                .say(
                                        "--only %s: there is no such part. There are %s.",
                                        "--only %s：没有这一部分。可选：%s。",
                                        name,
                                        ALL.stream().map(Measurement::name).collect(Collectors.joining(", "))));
        return ALL.stream()
                .filter(it -> names.isEmpty() || names.contains(it.name()))
                .toList();
    }

    private Bench.Sizes sizes() {
        return new Bench.Sizes(
                Math.clamp(turns, 1, 100_000),
                Math.clamp(rate, 1, 1000),
                Math.clamp(seconds, 1, 3600),
                Math.clamp(warmUp, 0, 100_000),
                Math.clamp(idleSeconds, 1, 3600),
                Math.clamp(triggers, 0, 2_000_000),
                Math.clamp(fires, 1, 10_000),
                Math.clamp(fireSeconds, 1, 3600));
    }

    private int measure(DataFolder folder, @Nullable OwnStack stack, List<Measurement> chosen)
            throws IOException, InterruptedException {
        Report report = new Report(here);
        List<Finding> findings = new ArrayList<>();
        ObjectNode found = Json.MAPPER.createObjectNode();
        try (Bench bench = Bench.of(here, folder, stack, sizes())) {
            double before = Conditions.load();
            if (!json) head(bench, before);
            for (Measurement measurement : chosen) {
                List<Finding> some = take(bench, measurement);
                if (!json) some.forEach(report::show);
                findings.addAll(some);
            }
            conditions(found.putObject("conditions"), bench, before);
        }
        if (json) {
            ReportJson.put(found, findings);
            here.out().println(Json.MAPPER.writeValueAsString(found));
        } else {
            report.showGoals(findings);
            here.say("Load average at the end: %.2f", "结束时的平均负载：%.2f", Conditions.load());
        }
        return findings.stream().allMatch(Finding::sound) ? ExitCode.OK : ExitCode.FAILED;
    }

    private int measureStarts(DataFolder folder) throws IOException, InterruptedException {
        List<StartKind> compared = StartKind.chosen(here, kinds);
        double before = Conditions.load();
        Report report = new Report(here);
        List<Finding> findings = new StartBench(here, folder, port(), sizes(), Math.clamp(starts, 1, 100), this::tell)
                .take(compared, finding -> {
                    if (!json) report.show(finding);
                });
        if (json) {
            ObjectNode found = Json.MAPPER.createObjectNode();
            conditions(found.putObject("conditions"), before);
            ReportJson.put(found, findings);
            here.out().println(Json.MAPPER.writeValueAsString(found));
        } else {
            report.showGoals(findings);
            here.say("Load average at the end: %.2f", "结束时的平均负载：%.2f", Conditions.load());
        }
        return findings.stream().allMatch(Finding::sound) ? ExitCode.OK : ExitCode.FAILED;
    }

    private int measureMemory(DataFolder folder) throws IOException, InterruptedException {
        double before = Conditions.load();
        List<Finding> findings = new ArrayList<>();
        if (!own || !size.equals("0")) findings.addAll(new MemoryIndex(here, size, questions).take(folder));
        if (own) findings.addAll(overKafka(folder));
        ObjectNode found = Json.MAPPER.createObjectNode();
        conditions(found.putObject("conditions"), before);
        show(findings, found);
        return findings.stream().allMatch(Finding::sound) ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<Finding> overKafka(DataFolder folder) throws IOException, InterruptedException {
        tell(here.language().say("Bringing up a stack to measure ...", "正在启动用于测量的环境 ..."));
        try (OwnStack stack = OwnStack.start(here, folder, port(), false);
                Bench bench = Bench.of(here, stack.data(), stack, sizes())) {
            return new RecallOverKafka(bench, facts).take();
        }
    }

    private void show(List<Finding> findings, ObjectNode found) throws IOException {
        if (json) {
            ReportJson.put(found, findings);
            here.out().println(Json.MAPPER.writeValueAsString(found));
            return;
        }
        Report report = new Report(here);
        findings.forEach(report::show);
        report.showGoals(findings);
        here.say("Load average at the end: %.2f", "结束时的平均负载：%.2f", Conditions.load());
    }

    /** What one measurement found; one that cannot be finished is told and does not keep the others from theirs. */
    private List<Finding> take(Bench bench, Measurement measurement) throws InterruptedException {
        String obstacle = measurement.obstacle(bench);
        if (!obstacle.isEmpty())
            return List.of(Finding.leftOut(measurement.name(), measurement.title(bench), obstacle));
        tell("... " + measurement.title(bench));
        try {
            return measurement.take(bench);
        } catch (Problem | IOException e) {
            Line why = new Line.Broken(Problem.reason(e));
            return List.of(new Finding(measurement.name(), measurement.title(bench), List.of(why)));
        }
    }

    /** What is under way, where it does not get among the figures. */
    private void tell(String what) {
        here.err().println(what);
        here.err().flush();
    }

    private void head(Bench bench, double load) {
        here.say(
                "%s: %d cores, JDK %s, %s; load average %.2f",
                "%s：%d 个核心，JDK %s，%s；平均负载 %.2f",
                bench.state().address(),
                Conditions.cores(),
                Conditions.jdk(),
                Conditions.system(),
                load);
        if (load > 0.5 * Conditions.cores())
            here.say(
                    "The machine is busy with other things: the figures say as much about those as about Chela.",
                    "机器正忙于其他工作：测得的数值同样反映那些工作。");
    }

    private void conditions(ObjectNode into, Bench bench, double before) throws IOException {
        into.put("own", bench.own() != null);
        into.put("instances", bench.state().instances());
        conditions(into, before);
    }

    private static void conditions(ObjectNode into, double before) throws IOException {
        into.put("cores", Conditions.cores());
        into.put("jdk", Conditions.jdk());
        into.put("system", Conditions.system());
        into.put("loadAverageBefore", before);
        into.put("loadAverageAfter", Conditions.load());
    }
}
