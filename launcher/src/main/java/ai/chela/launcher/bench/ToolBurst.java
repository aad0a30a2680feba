package ai.chela.launcher.bench;

import java.io.IOException;
import java.util.List;

/** Many tool tasks at the same moment. */
final class ToolBurst implements Measurement {
    private static final int TASKS = 200;
    private static final double GOAL_PERCENT = 65;

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("%d tool tasks at once", "同时 %d 个工具任务", TASKS);
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        bench.crowd().open(TASKS);
        Bench.Measured measured = bench.measure(() -> bench.crowd().atOnce(TASKS, Saying.TOOL));
        double busy = 100 * measured.busy();
        return List.of(bench.turns(
                "burst",
                title(bench),
                measured,
                List.of(
                        new Line.Value(
                                "allAnsweredSeconds",
                                bench.say("all answered after", "全部回答用时"),
                                measured.turns().seconds(),
                                "s"),
                        new Line.Value(
                                "busyPercent",
                                bench.say("CPU of all cores meanwhile", "其间占全部核心的 CPU"),
                                busy,
                                "%",
                                List.of(Goal.atMost("", GOAL_PERCENT, busy))))));
    }
}
