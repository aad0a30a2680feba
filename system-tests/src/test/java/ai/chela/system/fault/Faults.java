package ai.chela.system.fault;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code ./chela test --faults}. Ends with 0 when the verdict is green, 2 when the command line is wrong, else 3. */
public final class Faults {
    private static final int WRONG = 2;
    private static final int RED = 3;
    private static final int SHOWN = 40;

    private Faults() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Options options;
        try {
            options = Options.of(List.of(arguments));
        } catch (Options.Wrong e) {
            System.err.println(e.getMessage());
            System.exit(WRONG);
            return;
        }
        boolean green = false;
        try {
            green = run(options, Path.of(System.getProperty("chela.root", "..")), out);
        } catch (RuntimeException | AssertionError e) {
            // the harness itself broke: no verdict is no green one
            e.printStackTrace(System.err);
        }
        System.exit(green ? 0 : RED);
    }

    /** Runs and tells; true when the verdict is green. */
    static boolean run(Options options, Path root, PrintStream out) throws IOException {
        Path folder = Files.createDirectories(
                root.resolve("system-tests/target/faults/" + options.seed() + "-" + System.currentTimeMillis()));
        long begun = System.nanoTime();
        if (options.outages()) out.printf("Faults: seed %d, outages%n", options.seed());
        else out.printf("Faults: seed %d, %d kills%n", options.seed(), options.kills());
        FaultRun.Outcome outcome = new FaultRun(
                        options,
                        folder.toAbsolutePath().normalize(),
                        line -> out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - begun) / 1e9, line))
                .run();
        tell(options, outcome, folder, out);
        return outcome.verdict().green();
    }

    private static void tell(Options options, FaultRun.Outcome outcome, Path folder, PrintStream out) {
        Verdict verdict = outcome.verdict();
        out.println();
        out.printf("seed           %d%n", options.seed());
        out.printf(
                "messages       %d accepted, %d of them answered by a failure %s%n",
                verdict.accepted(),
                verdict.failures().values().stream().mapToInt(it -> it).sum(),
                verdict.failures());
        out.printf("unsure         %d answers say that an outcome is not known%n", verdict.unsure());
        out.printf("came later     %d promised%n", verdict.promised());
        out.printf("commands       %d ran after an approval%n", verdict.ran());
        out.printf(
                "in chats       %d marked as possible repeats, %d of them second copies%n",
                verdict.marked(), verdict.repeats());
        out.printf("model          %d calls%n", outcome.modelCalls());
        out.printf(
                "faults         %d struck, %d in a window of %d planned %s%n",
                struck(outcome), verdict.landed(), outcome.planned(), kinds(outcome));
        out.printf("not reached    %s%n", missed(outcome));
        out.printf(
                "fenced writes  %s%n",
                outcome.fenced().isPresent()
                        ? outcome.fenced().getAsLong()
                        : "not measured: no service has such a metric");
        if (options.outages()) out.printf("leaving        %s%n", times(verdict.leaving()));
        out.printf("recovery       %s; in chats %s%n", times(verdict.recoveries()), times(verdict.chatRecoveries()));
        Map<Finding.Kind, Integer> kinds = new TreeMap<>();
        verdict.findings().forEach(it -> kinds.merge(it.kind(), 1, Integer::sum));
        verdict.findings().stream().limit(SHOWN).forEach(out::println);
        if (verdict.findings().size() > SHOWN)
            out.printf("... and %d more%n", verdict.findings().size() - SHOWN);
        out.printf("verdict        %s%n", verdict.green() ? "green" : "RED " + kinds);
        outcome.notRun().forEach(it -> out.printf("NOT RUN        %s%n", it));
        out.printf("journal, logs  %s%n", folder);
    }

    private static long struck(FaultRun.Outcome outcome) {
        return outcome.faults().stream().filter(Entry.Fault::struck).count();
    }

    private static Map<String, Integer> kinds(FaultRun.Outcome outcome) {
        Map<String, Integer> kinds = new TreeMap<>();
        outcome.faults().stream().filter(Entry.Fault::struck).forEach(it -> kinds.merge(it.kind(), 1, Integer::sum));
        return kinds;
    }

    private static List<String> missed(FaultRun.Outcome outcome) {
        return outcome.faults().stream()
                .filter(it -> !it.struck())
                .map(it -> it.point() == null ? it.kind() + " " + it.target() : it.point() + " in " + it.target())
                .distinct()
                .toList();
    }

    private static String times(List<Duration> ascending) {
        return "p50 " + seconds(Verdict.within(0.5, ascending)) + ", p99 " + seconds(Verdict.within(0.99, ascending));
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }
}
