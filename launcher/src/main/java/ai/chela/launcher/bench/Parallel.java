package ai.chela.launcher.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Conversations in each of which the next message follows the answer at once. */
final class Parallel implements Measurement {
    private static final int[] CONVERSATIONS = {16, 200};
    private static final double GOAL_PER_SECOND = 100;

    @Override
    public String name() {
        return "parallel";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("conversations in parallel", "并行会话");
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        List<Finding> found = new ArrayList<>();
        for (int conversations : CONVERSATIONS) {
            bench.crowd().open(conversations);
            Bench.Measured measured = bench.measure(
                    () -> bench.crowd().inParallel(conversations, bench.sizes().seconds(), Saying.PLAIN));
            double perSecond = measured.turns().perSecond();
            found.add(bench.turns(
                    "parallel" + conversations,
                    bench.say("%d conversations in parallel", "%d 个会话并行", conversations),
                    measured,
                    List.of(
                            new Line.Value(
                                    "turnsPerSecond",
                                    bench.say("turns a second", "每秒轮数"),
                                    perSecond,
                                    "/s",
                                    List.of(Goal.atLeast("", GOAL_PER_SECOND, perSecond))),
                            new Line.Value(
                                    "busyPercent",
                                    bench.say("CPU of all cores meanwhile", "其间占全部核心的 CPU"),
                                    100 * measured.busy(),
                                    "%"))));
        }
        return found;
    }
}
