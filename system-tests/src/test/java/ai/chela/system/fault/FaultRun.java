package ai.chela.system.fault;

import ai.chela.system.stack.Await;
import ai.chela.system.stack.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run: a real stack with two of each service, people who talk, a model, faults, and the comparison afterwards. */
final class FaultRun {
    static final int INSTANCES = 2;
    private static final int WATCHES = 4;
    /** Between two messages of one conversation, for each hundred conversations: what two cores bear while they restart. */
    private static final Duration THINKING = Duration.ofSeconds(12);
    /** The longest that everything under way may take to end after the last fault. */
    private static final Duration DRAIN = Duration.ofSeconds(180);
    /** Longer than any relay or lease takes: what comes twice comes within it. That nothing comes can only be waited for. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(15);

    /** Conversations that wait for an answer when something is killed at random. */
    private static final int UNDER_WAY = 3;

    private static final String POLICY = """
            rules:
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
    record Outcome(Verdict verdict, OptionalLong fenced, int modelCalls, List<Entry.Fault> faults) {}

    Outcome run() throws IOException {
        Path crashes = Files.createDirectories(folder.resolve("crash-points"));
        try (Journal journal = new Journal(folder.resolve("journal.jsonl"));
                FakeModel model = new FakeModel(journal);
                Stack stack = Stack.fresh(
                        INSTANCES,
                        Map.of(
                                "CHELA_CRASH_FOLDER", crashes.toString(),
                                "CHELA_MODEL_BASE_URL", model.baseUrl(),
                                "CHELA_MODEL_NAME", "fake"))) {
            Thread interrupted = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                told.accept("starting two of each service");
                stack.up();
                stack.configure("policy.yaml", POLICY);
                for (Protection protection : options.without()) {
                    protection.removeFrom(stack);
                    told.accept("taken out, so this run must be red: " + protection);
                }
                Outcome outcome = run(stack, crashes, journal, model);
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

    private Outcome run(Stack stack, Path crashes, Journal journal, FakeModel model) {
        Processes processes = new Processes(stack, INSTANCES);
        Client client = new Client(
                List.of("http://127.0.0.1:" + stack.listener("http"), "http://127.0.0.1:" + stack.listener("http-2")),
                stack.owner().token());
        List<Talk> talks = new ArrayList<>();
        List<Watching> watches = new ArrayList<>();
        try (Fenced fenced = new Fenced(stack, processes)) {
            for (int i = 1; i <= WATCHES; i++) watches.add(new Watching(i, client, journal));
            for (int i = 1; i <= options.talks(); i++)
                talks.add(new Talk(
                        i,
                        client,
                        journal,
                        options.seed(),
                        THINKING.multipliedBy(options.talks()).dividedBy(100)));
            awaitTraffic(talks);
            inject(processes, crashes, journal, talks);
            drain(talks, watches);
            look(client, journal, talks, watches);
            Verdict verdict = Checker.check(journal.entries(), options.kills());
            List<Entry.Fault> faults = journal.entries().stream()
                    .filter(Entry.Fault.class::isInstance)
                    .map(Entry.Fault.class::cast)
                    .toList();
            return new Outcome(verdict, fenced.writes(), model.asked(), faults);
        } finally {
            talks.forEach(Talk::close);
            watches.forEach(Watching::close);
        }
    }

    private void awaitTraffic(List<Talk> talks) {
        Await.until(
                "answers in half of the conversations",
                () -> talks.stream().filter(Talk::isAnswered).count() >= (talks.size() + 1) / 2);
        told.accept(options.talks() + " conversations talk");
    }

    private void inject(Processes processes, Path crashes, Journal journal, List<Talk> talks) {
        Injector injector = new Injector(
                processes,
                new CrashPoints(crashes),
                journal,
                options.seed(),
                () -> talks.stream().filter(Talk::waits).count() >= UNDER_WAY,
                told);
        Instant end = Instant.now().plus(options.limit());
        if (options.points())
            injector.halts(options.kills(), () -> Instant.now().isBefore(end));
        else injector.mixed(options.kills(), () -> Instant.now().isBefore(end));
        for (String name : processes.names()) processes.awaitReady(name);
    }

    private void drain(List<Talk> talks, List<Watching> watches) {
        told.accept("the last fault is over; waiting for what is under way");
        talks.forEach(Talk::fallSilent);
        Instant end = Instant.now().plus(DRAIN);
        while (Instant.now().isBefore(end)
                && !(talks.stream().allMatch(Talk::isDrained)
                        && watches.stream().allMatch(Watching::isDrained)))
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        Stream.concat(
                        talks.stream().filter(it -> !it.isDrained()).map(Talk::open),
                        watches.stream().filter(it -> !it.isDrained()).map(Watching::open))
                .forEach(it -> told.accept("not drained: " + it));
        Pause.of(AFTERWARDS);
    }

    private void look(Client client, Journal journal, List<Talk> talks, List<Watching> watches) {
        Set<String> names = new TreeSet<>();
        talks.forEach(it -> names.add(it.name()));
        watches.forEach(it -> names.add(it.name()));
        for (String name : names)
            for (int gateway = 0; gateway < INSTANCES; gateway++) journal.add(client.stored(gateway, name));
        JsonNode memories = client.view(0, "/api/v1/memories");
        journal.add(new Entry.Memories(
                Instant.now(),
                memories.path("total").asInt(),
                memories.path("memories").findValuesAsText("text")));
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
