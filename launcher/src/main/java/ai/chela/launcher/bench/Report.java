package ai.chela.launcher.bench;

import ai.chela.launcher.Surroundings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The findings as a person reads them: one block each, figures in columns, the goal at the end of its line. */
final class Report {
    private static final int LABEL = 32;

    private final Surroundings here;

    Report(Surroundings here) {
        this.here = here;
    }

    void show(Finding finding) {
        here.out().println();
        here.out().println(finding.title());
        for (Line line : finding.lines()) here.out().println("  " + text(line));
        here.out().flush();
    }

    /** How many goals are met, and which are not. */
    void showGoals(List<Finding> findings) {
        List<Goal> all = findings.stream().flatMap(it -> it.goals().stream()).toList();
        if (all.isEmpty()) return;
        long met = all.stream().filter(Goal::met).count();
        here.out().println();
        here.say("%d of %d goals met", "%2$d 个目标中达成 %1$d 个", met, all.size());
        for (Finding finding : findings)
            for (Goal goal : finding.goals())
                if (!goal.met())
                    here.say(
                            "  missed: %s: %s, found %s",
                            "  未达成：%s：%s，实测 %s",
                            finding.title(),
                            goal.text(),
                            number(goal.value()).strip());
    }

    String text(Line line) {
        return switch (line) {
            case Line.Sent(int asked, int lost, int failed, int refusals) ->
                padded(say("sent", "发送"))
                        + say("%d, lost %d, failed %d", "%d，丢失 %d，失败 %d", asked, lost, failed)
                        + (refusals == 0 ? "" : say("; turned away and sent again: %d", "；被拒绝后重发：%d", refusals));
            case Line.Spread spread -> spread(spread);
            case Line.Value value ->
                padded(value.label()) + number(value.value()) + " " + value.unit() + goals(value.goals());
            case Line.Shares shares -> shares(shares);
            case Line.Table table -> table(table);
            case Line.Note note -> note.text();
            case Line.LeftOut(String why) -> say("left out: %s", "未测量：%s", why);
            case Line.Broken(String why) -> say("broken off: %s", "已中断：%s", why);
        };
    }

    private String spread(Line.Spread spread) {
        Latencies took = spread.took();
        if (took.count() == 0) return padded(spread.label()) + say("no value", "无数据") + goals(spread.goals());
        return padded(spread.label())
                + String.format(
                        Locale.ROOT,
                        "p50 %7.1f   p90 %7.1f   p99 %7.1f   max %7.1f ms",
                        took.percentile(50),
                        took.percentile(90),
                        took.percentile(99),
                        took.percentile(100))
                + goals(spread.goals());
    }

    private String shares(Line.Shares shares) {
        Map<String, Double> stack = Bench.ofStack(shares.parts());
        double sum = stack.values().stream().mapToDouble(Double::doubleValue).sum();
        String parts = stack.entrySet().stream()
                .filter(it -> it.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .map(it -> it.getKey() + " " + number(it.getValue()).strip())
                .collect(Collectors.joining(", "));
        Double bench = shares.parts().get(ProcessorTime.BENCH);
        return padded(shares.label()) + number(sum) + " " + shares.unit() + goals(shares.goals()) + "\n"
                + " ".repeat(LABEL + 3) + parts
                + (bench == null
                        ? ""
                        : say(
                                "; the benchmark itself %s",
                                "；基准测试自身 %s", number(bench).strip()));
    }

    private String table(Line.Table table) {
        StringBuilder text = new StringBuilder(padded(""));
        for (String column : table.columns()) text.append(String.format(Locale.ROOT, "%12s", column));
        for (Line.Row row : table.rows()) {
            text.append("\n  ").append(padded(row.label()));
            for (double value : row.values())
                text.append(String.format(
                        Locale.ROOT,
                        "%12s",
                        Double.isFinite(value) ? number(value).strip() : "-"));
            text.append(' ').append(row.unit()).append(together(row.goals()));
        }
        return text.toString();
    }

    /** Goals of one row, which are the same for each column that has one. */
    private String together(List<Goal> goals) {
        if (goals.isEmpty()) return "";
        Goal first = goals.getFirst();
        String limit = new Goal("", first.atMost(), first.limit(), first.value()).text();
        long met = goals.stream().filter(Goal::met).count();
        return "   " + say("goal: each %s, met by %d of %d", "目标：各 %s，%d/%d 达成", limit, met, goals.size());
    }

    private String goals(List<Goal> goals) {
        if (goals.isEmpty()) return "";
        String texts = goals.stream()
                .map(it -> it.text() + " " + (it.met() ? say("met", "达成") : say("MISSED", "未达成")))
                .collect(Collectors.joining(", "));
        return "   " + say("goal: %s", "目标：%s", texts);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%7.2f" : "%7.1f", value);
    }

    /** Filled up to the width of labels; what is Chinese takes two columns. */
    static String padded(String label) {
        int width = label.codePoints().map(it -> isWide(it) ? 2 : 1).sum();
        return label + " ".repeat(Math.max(1, LABEL - width));
    }

    private static boolean isWide(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN
                || (codePoint >= 0x3000 && codePoint <= 0x303F)
                || (codePoint >= 0xFF00 && codePoint <= 0xFF60);
    }

    private String say(String english, String chinese, Object... arguments) {
        return here.language().say(english, chinese, arguments);
    }
}
