package ai.chela.launcher.testing;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code test-report}: what {@code ./chela test} says at its end. The last line names what this machine lacks. */
@Command(name = "test-report", hidden = true, description = "Sum up a test run")
public final class TestReport implements Callable<Integer> {
    /** What some tests need besides the JDK: its name, and the program that shows that it is there. */
    static final Map<String, String> NEEDED = needed();

    private static final Pattern SUITE = Pattern.compile("<testsuite [^>]*>", Pattern.DOTALL);
    private static final Pattern NOT_RUN = Pattern.compile("Assumption failed: NOT RUN: ([^\"<\n]+)");
    private static final Pattern NUMBER = Pattern.compile("\\s(tests|errors|skipped|failures)=\"(\\d+)\"");

    private final Surroundings here;

    @Option(names = "--since", required = true, description = "Seconds since 1970: older reports do not count")
    private long since;

    @Option(names = "--build", required = true, description = "Maven's exit code")
    private int build;

    @Option(names = "--strict", description = "What is missing fails the run")
    private boolean strict;

    public TestReport(Surroundings here) {
        this.here = here;
    }

    private static Map<String, String> needed() {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("Prosody", "prosody");
        needed.put("bubblewrap", "bwrap");
        needed.put("Node", "node");
        return needed;
    }

    /** Sums over test suites. */
    record Total(int passed, int failed, int skipped) {
        Total plus(Total other) {
            return new Total(passed + other.passed, failed + other.failed, skipped + other.skipped);
        }

        /** What one report says; nothing when it is no report. */
        static Total of(String report) {
            Matcher suite = SUITE.matcher(report);
            if (!suite.find()) return new Total(0, 0, 0);
            Map<String, Integer> numbers = new LinkedHashMap<>();
            Matcher matcher = NUMBER.matcher(suite.group());
            while (matcher.find()) numbers.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
            int failed = numbers.getOrDefault("errors", 0) + numbers.getOrDefault("failures", 0);
            int skipped = numbers.getOrDefault("skipped", 0);
            return new Total(numbers.getOrDefault("tests", 0) - failed - skipped, failed, skipped);
        }
    }

    @Override
    public Integer call() throws IOException {
        Total total = new Total(0, 0, 0);
        Set<String> notRun = new TreeSet<>();
        for (Path report : reports()) {
            String text = Files.readString(report);
            total = total.plus(Total.of(text));
            notRun.addAll(optional(text));
        }
        here.say(
                "%d passed, %d failed, %d skipped",
                "%d 通过，%d 失败，%d 跳过", total.passed(), total.failed(), total.skipped());
        if (build != 0 && total.failed() == 0) here.say("The build failed outside of the tests.", "构建在测试之外失败。");
        notRun.forEach(each -> here.out().println("NOT RUN, and not needed: " + each));
        List<String> missing = missing(this::isOnPath);
        here.out().println(lastLine(missing));
        return exitCode(build, total, missing, strict);
    }

    /** What tests of one report did without, by what they say themselves, the programs that are needed aside. */
    static Set<String> optional(String report) {
        Set<String> optional = new TreeSet<>();
        NOT_RUN.matcher(report).results().map(it -> it.group(1).strip()).forEach(optional::add);
        optional.removeAll(NEEDED.keySet());
        return optional;
    }

    static int exitCode(int build, Total total, List<String> missing, boolean strict) {
        boolean failed = build != 0 || total.failed() > 0 || total.passed() == 0 || (strict && !missing.isEmpty());
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    static List<String> missing(Predicate<String> onPath) {
        List<String> missing = new ArrayList<>();
        NEEDED.forEach((name, program) -> {
            if (!onPath.test(program)) missing.add(name);
        });
        return missing;
    }

    /** The same in every language: scripts look for it. */
    static String lastLine(List<String> missing) {
        return "NOT RUN: " + (missing.isEmpty() ? "nothing" : String.join(", ", missing));
    }

    private boolean isOnPath(String program) {
        for (String folder : (here.environment().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin").split(":"))
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) return true;
        return false;
    }

    private List<Path> reports() throws IOException {
        List<Path> reports = new ArrayList<>();
        try (Stream<Path> modules = Files.list(here.root())) {
            for (Path module : modules.toList()) {
                for (String folder : List.of("target/surefire-reports", "target/failsafe-reports")) {
                    if (Files.isDirectory(module.resolve(folder))) addFresh(reports, module.resolve(folder));
                }
            }
        }
        return reports;
    }

    private void addFresh(List<Path> reports, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean isReport = name.startsWith("TEST-") && name.endsWith(".xml");
                if (isReport && Files.getLastModifiedTime(file).toMillis() >= since * 1000) reports.add(file);
            }
        }
    }
}
