package ai.chela.launcher.bench;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.stack.Member;
import ai.chela.launcher.stack.Natives;
import ai.chela.launcher.stack.Service;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.ProcessId;
import ai.chela.launcher.supervise.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * {@code bench --start}: how services start and what they take, as one kind of program and as another. Each kind has a
 * stack of its own, brought up, worked with and removed. Services are then started one by one, each several times.
 *
 * @param starts of each service
 * @param tell hears what is under way
 */
record StartBench(
        Surroundings here, DataFolder beside, int port, Bench.Sizes sizes, int starts, Consumer<String> tell) {
    private static final int CONVERSATIONS = 16;
    private static final Saying REMIND = new Saying("remind me in 2 hours to stretch", "t-");
    private static final Duration TO_STOP = Duration.ofSeconds(20);
    private static final double MEGABYTE = 1 << 20;

    /** Measures these, one after the other, and hands each finding over as soon as it is there. */
    List<Finding> take(List<StartKind> kinds, Consumer<Finding> found) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        OptionalDouble ofJvm = OptionalDouble.empty();
        for (StartKind kind : kinds) {
            StartReport report = new StartReport(here.language());
            Finding finding;
            try {
                String obstacle = kind.obstacle(here, beside).orElse("");
                if (obstacle.isEmpty()) {
                    StartFigures figures = measured(kind, report.title(kind));
                    finding = report.finding(figures, ofJvm);
                    if (kind == StartKind.AOT)
                        ofJvm = OptionalDouble.of(figures.load().turns().perSecond());
                } else {
                    finding = Finding.leftOut(StartReport.key(kind), report.title(kind), obstacle);
                }
            } catch (Problem | IOException e) {
                finding = new Finding(
                        StartReport.key(kind), report.title(kind), List.of(new Line.Broken(Problem.reason(e))));
            }
            findings.add(finding);
            found.accept(finding);
        }
        return findings;
    }

    private StartFigures measured(StartKind kind, String title) throws IOException, InterruptedException {
        tell.accept("... " + title);
        try (OwnStack stack = OwnStack.start(here, beside, port, kind)) {
            StackState state = StackState.read(stack.data());
            List<Turns> turns;
            Map<String, Double> after;
            Map<String, Double> idle;
            Bench.Measured load;
            try (Bench bench = Bench.of(here, stack.data(), stack, sizes)) {
                turns = thousandTurns(bench);
                after = resident(state);
                TimeUnit.SECONDS.sleep(sizes.idleSeconds());
                idle = resident(state);
                load = bench.measure(() -> bench.crowd().inParallel(CONVERSATIONS, sizes.seconds(), Saying.PLAIN));
            }
            List<StartFigures.OfService> services = new ArrayList<>();
            endLauncher(state);
            for (Service service : Service.values()) {
                String name = new Member(service, 1).name();
                services.add(startedAlone(
                        state,
                        kind,
                        service,
                        after.getOrDefault(name, Double.NaN),
                        idle.getOrDefault(name, Double.NaN)));
            }
            double up = state.startMillis().getOrDefault("up", 0L) / 1000.0;
            return new StartFigures(kind, services, up, turns, load);
        }
    }

    /** A thousand, so that each service has something to do: nothing but the plan, a tool, a recall, a reminder. */
    private static List<Turns> thousandTurns(Bench bench) throws InterruptedException {
        int rate = 50;
        Load owner = bench.alone();
        owner.open(Load.SPREAD);
        owner.ask(0, RecallTurn.REMEMBER);
        return List.of(
                owner.steady(rate, 6, Saying.PLAIN),
                owner.steady(rate, 6, Saying.TOOL),
                owner.steady(rate, 6, RecallTurn.ASK),
                owner.steady(rate, 2, REMIND));
    }

    /** By name of the process, in MiB. */
    private static Map<String, Double> resident(StackState state) throws IOException {
        Map<String, Double> megabytes = new LinkedHashMap<>();
        MemoryUse.of(ProcessorTime.roots(state)).forEach((name, it) -> megabytes.put(name, it.resident() / MEGABYTE));
        return megabytes;
    }

    /** It would start again what is stopped here. What is left of the stack is stopped when that is removed. */
    private static void endLauncher(StackState state) throws IOException, InterruptedException {
        ProcessId supervisor = state.runningSupervisor().orElseThrow(() -> new Problem("the launcher has ended"));
        Signals.end(supervisor, Signal.KILL, TO_STOP);
    }

    /** One service by itself, several times; it is stopped at the end. */
    private StartFigures.OfService startedAlone(
            StackState state, StartKind kind, Service service, double after, double idle)
            throws IOException, InterruptedException {
        Member member = new Member(service, 1);
        ProcessId running = state.processes().get(member.name());
        if (running == null || !running.alive()) throw new Problem(member.name() + " does not run any more");
        tell.accept("... " + kind.label() + ": " + member.name());
        boolean natively = Natives.isNative(running);
        Path program = running.program().orElseThrow();
        int port = state.port(member.managementPort()).orElseThrow();
        LoneService lone = LoneService.of(member.name(), running.pid(), port);
        Signals.end(running, Signal.TERM, TO_STOP);
        List<LoneService.Took> took = new ArrayList<>();
        for (int i = 0; i < starts; i++) took.add(lone.start());
        Path cache = service.cache(here.root());
        return new StartFigures.OfService(
                service,
                natively,
                median(took.stream().mapToDouble(LoneService.Took::startedMillis)),
                median(took.stream().mapToDouble(LoneService.Took::readyMillis)),
                median(took.stream().mapToDouble(it -> it.resident() / MEGABYTE)),
                after,
                idle,
                natively ? size(program) : size(service.packaged(here.root())) - size(cache),
                natively || kind == StartKind.FAST_JAR ? 0 : size(cache));
    }

    private static double median(DoubleStream values) {
        return Latencies.of(values.toArray()).percentile(50);
    }

    /** Of a file, or of all below a folder, in MiB; 0 when there is nothing. */
    private static double size(Path path) throws IOException {
        if (!Files.exists(path)) return 0;
        long bytes = 0;
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) bytes += Files.size(file);
        }
        return bytes / MEGABYTE;
    }
}
