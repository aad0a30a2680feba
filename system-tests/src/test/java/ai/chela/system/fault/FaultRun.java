package ai.chela.system.fault;

import ai.chela.system.stack.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run: a real stack with two of each service, people who talk, a model, faults, and the comparison afterwards. */
final class FaultRun {
    static final int INSTANCES = 2;

    private static final String POLICY = """
            rules:
              - operations: ["shell.run"]
                decision: ask
              - operations: ["*"]
                decision: allow
                private-addresses: allow
            """;

    private final Options options;
    private final Path folder;
    private final Consumer<String> told;

    /**
     * @param folder for the journal and, when the run is red, the logs
     * @param told what happens, line by line, for people
     */
    FaultRun(Options options, Path folder, Consumer<String> told) {
        this.options = options;
        this.folder = folder;
        this.told = told;
    }

    /** What came of it. */
    record Outcome(
            Verdict verdict,
            int planned,
            OptionalLong fenced,
            int modelCalls,
            List<Entry.Fault> faults,
            List<String> notRun) {}

    Outcome run() throws IOException {
        Path crashes = Files.createDirectories(folder.resolve("crash-points"));
        try (Journal journal = new Journal(folder.resolve("journal.jsonl"));
                FakeModel model = new FakeModel(journal);
                Stack stack = Stack.fresh(
                        INSTANCES,
                        Map.of(
                                "CHELA_CRASH_FOLDER",
                                crashes.toString(),
                                "CHELA_MODEL_BASE_URL",
                                model.baseUrl(),
                                "CHELA_MODEL_NAME",
                                "fake"))) {
            Thread interrupted = new Thread(() -> {
                if (options.outages()) Processes.signal(stack.supervisor(), "CONT");
                stack.close();
            });
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                Optional<Disks> disks = disks(stack);
                told.accept("starting two of each service");
                stack.up();
                told.accept("native executables: " + natives(stack));
                stack.configure("policy.yaml", POLICY);
                for (Protection protection : options.without()) {
                    protection.removeFrom(stack);
                    told.accept("taken out, so this run must be red: " + protection);
                }
                Outcome outcome = talk(stack, crashes, journal, model, disks);
                if (options.keep() && !outcome.verdict().green()) {
                    stack.leave();
                    told.accept("left up: " + stack.data());
                }
                return outcome;
            } finally {
                Runtime.getRuntime().removeShutdownHook(interrupted);
                keepLogs(stack);
            }
        }
    }

    /** The processes that are none of a JVM. */
    private static List<String> natives(Stack stack) {
        JsonNode processes = stack.status().path("processes");
        return processes
                .propertyStream()
                .filter(it -> it.getValue().path("runtime").asText().equals("native"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** For outages: small disks, which can be filled. */
    private Optional<Disks> disks(Stack stack) {
        if (!options.outages() || Disks.missing().isPresent()) return Optional.empty();
        Disks disks = Disks.mount(stack.data());
        stack.whenStopped(disks::close);
        return Optional.of(disks);
    }

    private Outcome talk(Stack stack, Path crashes, Journal journal, FakeModel model, Optional<Disks> disks) {
        List<String> notRun = new ArrayList<>();
        if (options.outages()) Disks.missing().ifPresent(why -> notRun.add("full disks: " + why));
        Effects.missing().ifPresent(why -> notRun.add("commands that need an approval: " + why));
        Chats.missing().ifPresent(why -> notRun.add("conversations over XMPP, channel.send, send.record: " + why));
        notRun.forEach(it -> told.accept("NOT RUN: " + it));
        if (!notRun.isEmpty() && "true".equals(System.getenv("CHELA_TEST_STRICT")))
            throw new AssertionError("not all of it can be run here: " + notRun);
        try (People people = new People(
                stack,
                journal,
                options,
                Effects.missing().isEmpty() ? Effects.open(journal) : null,
                Chats.missing().isEmpty() ? Chats.connect(stack) : null)) {
            return strike(stack, crashes, journal, model, people, disks, notRun);
        }
    }

    private Outcome strike(
            Stack stack,
            Path crashes,
            Journal journal,
            FakeModel model,
            People people,
            Optional<Disks> disks,
            List<String> notRun) {
        Processes processes = new Processes(stack, INSTANCES);
        try (Fenced fenced = new Fenced(stack, processes)) {
            people.talk();
            told.accept(options.talks() + " conversations talk");
            Instant end = Instant.now().plus(options.limit());
            int planned = options.outages() ? Outages.count(disks) : options.kills();
            if (options.outages())
                new Outages(stack, processes, journal, people::areCalm, people::areBusy, disks, told).run();
            else
                new Injector(
                                processes,
                                new CrashPoints(crashes),
                                journal,
                                people::areBusy,
                                () -> Instant.now().isBefore(end),
                                told)
                        .carryOut(plan(processes, people.chat()));
            told.accept("the last fault is over; waiting for what is under way");
            people.fallSilent();
            people.drained().forEach(it -> told.accept("not drained: " + it));
            people.look();
            List<Entry.Fault> faults = journal.entries().stream()
                    .filter(Entry.Fault.class::isInstance)
                    .map(Entry.Fault.class::cast)
                    .toList();
            return new Outcome(
                    Checker.check(journal.entries(), planned), planned, fenced.writes(), model.asked(), faults, notRun);
        }
    }

    private Plan plan(Processes processes, boolean chats) {
        List<CrashPoints.Point> points = CrashPoints.all(chats);
        Plan plan = options.points()
                ? Plan.halts(options.kills(), points)
                : Plan.mixed(options.kills(), options.seed(), points, processes.instances());
        for (Protection protection : options.without()) plan = protection.aim(plan, processes);
        return plan;
    }

    private void keepLogs(Stack stack) {
        try (Stream<Path> logs = Files.list(stack.data().resolve("logs"))) {
            Path kept = Files.createDirectories(folder.resolve("logs"));
            for (Path log : logs.toList())
                Files.copy(log, kept.resolve(log.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
