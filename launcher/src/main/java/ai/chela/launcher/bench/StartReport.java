package ai.chela.launcher.bench;

import ai.chela.launcher.language.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What is said of the measurements of a kind, beside the goals, which are for what runs natively. */
final class StartReport {
    private static final double STARTED_MILLIS = 50;
    private static final double READY_MILLIS = 150;
    private static final double RESIDENT_MEGABYTES = 70;
    private static final double TOGETHER_MEGABYTES = 350;
    private static final double FIRST_ANSWER_SECONDS = 6;
    private static final double PART_OF_JVM = 0.7;

    private final Language language;

    StartReport(Language language) {
        this.language = language;
    }

    private String say(String english, String chinese, Object... arguments) {
        return language.say(english, chinese, arguments);
    }

    String title(StartKind kind) {
        return switch (kind) {
            case FAST_JAR -> say("fast-jar: on the JVM, nothing learned", "fast-jar：JVM，未使用学习结果");
            case AOT -> say("aot: on the JVM, with what it has learned", "aot：JVM，使用学习结果");
            case NATIVE -> say("native", "native：原生");
        };
    }

    static String key(StartKind kind) {
        return switch (kind) {
            case FAST_JAR -> "startFastJar";
            case AOT -> "startAot";
            case NATIVE -> "startNative";
        };
    }

    /** @param ofJvm turns a second of the JVM with what it has learned, where that was measured before */
    Finding finding(StartFigures figures, OptionalDouble ofJvm) {
        boolean natively = figures.kind() == StartKind.NATIVE;
        List<Line> lines = new ArrayList<>();
        List<Turns> all = new ArrayList<>(figures.turns());
        all.add(figures.load().turns());
        lines.addAll(sent(all));
        lines.add(table(figures));
        lines.add(value(
                "residentTogetherMegabytes",
                say("five services, after the turns", "五个服务合计，若干轮后"),
                figures.residentTogether(),
                "MB",
                natively,
                TOGETHER_MEGABYTES));
        lines.add(value(
                "firstAnswerSeconds",
                say("up to the first answer", "到首个回答"),
                figures.firstAnswerSeconds(),
                "s",
                natively,
                FIRST_ANSWER_SECONDS));
        double perSecond = figures.load().turns().perSecond();
        List<Goal> goals = natively && ofJvm.isPresent()
                ? List.of(Goal.atLeast("", PART_OF_JVM * ofJvm.getAsDouble(), perSecond))
                : List.of();
        lines.add(new Line.Value("turnsPerSecond", say("turns a second", "每秒轮数"), perSecond, "/s", goals));
        lines.add(new Line.Shares(
                "cpuMillisPerTurn", say("CPU a turn", "每轮 CPU"), figures.load().cpu(), "ms", List.of()));
        notes(figures, ofJvm).forEach(it -> lines.add(new Line.Note(it)));
        return new Finding(key(figures.kind()), title(figures.kind()), lines);
    }

    /** What became of all turns, and of those that went wrong: why. */
    private static List<Line> sent(List<Turns> turns) {
        int asked = turns.stream().mapToInt(it -> it.all().size()).sum();
        int lost = (int) turns.stream()
                .flatMap(it -> it.all().stream())
                .filter(Turn::isLost)
                .count();
        int answered = turns.stream().mapToInt(Turns::answered).sum();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line.Sent(
                asked,
                lost,
                asked - lost - answered,
                turns.stream().mapToInt(Turns::refusals).sum()));
        turns.stream()
                .flatMap(it -> it.lines().stream())
                .filter(Line.Note.class::isInstance)
                .forEach(lines::add);
        return lines;
    }

    private static Line.Value value(
            String key, String label, double value, String unit, boolean natively, double atMost) {
        return new Line.Value(key, label, value, unit, natively ? List.of(Goal.atMost("", atMost, value)) : List.of());
    }

    private Line table(StartFigures figures) {
        List<StartFigures.OfService> all = figures.services();
        List<Line.Row> rows = new ArrayList<>();
        rows.add(row(
                all,
                "startedMillis",
                say("started", "已启动"),
                "ms",
                StartFigures.OfService::startedMillis,
                STARTED_MILLIS));
        rows.add(row(all, "readyMillis", say("ready", "就绪"), "ms", StartFigures.OfService::readyMillis, READY_MILLIS));
        rows.add(row(
                all,
                "residentAtStartMegabytes",
                say("resident at start", "启动时常驻内存"),
                "MB",
                StartFigures.OfService::atStart,
                0));
        rows.add(row(
                all,
                "residentAfterTurnsMegabytes",
                say("resident after the turns", "若干轮后常驻内存"),
                "MB",
                StartFigures.OfService::afterTurns,
                RESIDENT_MEGABYTES));
        rows.add(row(
                all,
                "residentIdleMegabytes",
                say("resident, idle after that", "此后空闲时常驻内存"),
                "MB",
                StartFigures.OfService::idle,
                0));
        rows.add(row(
                all,
                "programMegabytes",
                say("executable, or jars", "可执行文件或 jar"),
                "MB",
                StartFigures.OfService::programMegabytes,
                0));
        if (all.stream().anyMatch(it -> it.cacheMegabytes() > 0))
            rows.add(row(
                    all, "cacheMegabytes", say("learned", "学习结果"), "MB", StartFigures.OfService::cacheMegabytes, 0));
        return new Line.Table(
                "services", all.stream().map(StartFigures.OfService::column).toList(), rows);
    }

    /** @param atMost the goal for each that runs natively; 0: none */
    private static Line.Row row(
            List<StartFigures.OfService> all,
            String key,
            String label,
            String unit,
            ToDoubleFunction<StartFigures.OfService> which,
            double atMost) {
        List<Goal> goals = atMost == 0
                ? List.of()
                : all.stream()
                        .filter(StartFigures.OfService::natively)
                        .map(it -> Goal.atMost(it.column() + " " + label, atMost, which.applyAsDouble(it)))
                        .toList();
        return new Line.Row(key, label, all.stream().map(which::applyAsDouble).toList(), unit, goals);
    }

    private List<String> notes(StartFigures figures, OptionalDouble ofJvm) {
        List<String> notes = new ArrayList<>();
        switch (figures.kind()) {
            case FAST_JAR ->
                notes.add(say(
                        "Not packaged for it: these are the jars of aot without what was learned, which start a little slower than a fast-jar.",
                        "并未另行打包：使用 aot 的 jar 而不使用学习结果，启动比 fast-jar 略慢。"));
            case AOT -> {}
            case NATIVE -> {
                notes.add(say(
                        "Native: %s. On the JVM: %s.",
                        "原生：%s。JVM：%s。",
                        names(figures, StartFigures.OfService::natively),
                        names(figures, Predicate.not(StartFigures.OfService::natively))));
                if (ofJvm.isEmpty())
                    notes.add(say(
                            "Turns a second are not compared with the JVM's: measure aot in the same run.",
                            "未与 JVM 的每秒轮数比较：请在同一次运行中测量 aot。"));
            }
        }
        return notes;
    }

    private static String names(StartFigures figures, Predicate<StartFigures.OfService> which) {
        String names = figures.services().stream()
                .filter(which)
                .map(it -> it.service().folder())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "-" : names;
    }
}
