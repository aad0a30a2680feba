package ai.chela.launcher.bench;

import ai.chela.launcher.data.StackState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long {@code up} took, as it recorded it. A stack of the benchmark's own is started a second time for it. */
final class StartParts implements Measurement {
    /** What {@code up} calls the whole of a start, up to the first answer. */
    private static final String WHOLE = "up";

    private static final double GOAL_SECONDS = 10;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("start", "启动");
    }

    @Override
    public List<Finding> take(Bench bench) {
        List<Finding> found = new ArrayList<>();
        OwnStack own = bench.own();
        if (own != null)
            found.add(start(
                    bench,
                    "startWithNewDatabase",
                    bench.say("first start, makes the database", "首次启动，创建数据库"),
                    own.first()));
        found.add(start(bench, "start", bench.say("start", "启动"), bench.state()));
        return found;
    }

    private static Finding start(Bench bench, String key, String title, StackState state) {
        List<Line> lines = new ArrayList<>();
        double whole = state.startMillis().getOrDefault(WHOLE, 0L) / 1000.0;
        // the one without a database is what a goal can be set for: the other is paid once
        List<Goal> goals = key.equals("start") ? List.of(Goal.atMost("", GOAL_SECONDS, whole)) : List.of();
        lines.add(
                new Line.Value("firstAnswerSeconds", bench.say("up to the first answer", "到首个回答"), whole, "s", goals));
        Long answer = state.firstAnswerMillis();
        if (answer != null)
            lines.add(new Line.Value(
                    "firstQuestionSeconds", bench.say("of it the first question", "其中首个问题"), answer / 1000.0, "s"));
        // broker and database are started together, then all services
        state.startMillis().entrySet().stream()
                .filter(it -> !it.getKey().equals(WHOLE))
                .sorted(Map.Entry.comparingByValue())
                .map(it -> new Line.Value(it.getKey() + "Seconds", it.getKey(), it.getValue() / 1000.0, "s"))
                .forEach(lines::add);
        return new Finding(key, title, lines);
    }
}
