package ai.chela.launcher.bench;

import ai.chela.launcher.stack.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a tool adds to a turn beyond its own time: plain turns and turns with a tool in turns, under the same conditions. */
final class ToolRound implements Measurement {
    private static final double GOAL_MILLIS = 10;
    private static final String TOOL_LABEL = "tool=\"calc.evaluate\"";

    @Override
    public String name() {
        return "tool";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("turn with a tool", "带工具的一轮");
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        Bench.Sizes sizes = bench.sizes();
        bench.alone().steady(sizes.rate(), Math.ceilDiv(sizes.warmUp(), 2 * sizes.rate()), Saying.TOOL);
        Metrics before = bench.metrics(Service.TOOL_RUNNER);
        List<Turn> plain = new ArrayList<>();
        Bench.Measured measured = bench.measure(() -> inTurns(bench.alone(), sizes.turns(), plain));
        double own = bench.metrics(Service.TOOL_RUNNER).meanMillisSince(before, "tool_run", TOOL_LABEL);
        double base = Turns.of(plain, 0, 0).fromAccepted().percentile(50);
        double more = measured.turns().fromAccepted().percentile(50) - base - own;
        List<Line> lines = List.of(
                new Line.Value("plainP50Millis", bench.say("plain turns between them, p50", "其间的普通一轮，p50"), base, "ms"),
                new Line.Value("toolMillis", bench.say("the tool itself, mean", "工具本身，平均"), own, "ms"),
                new Line.Value(
                        "roundMillis",
                        bench.say("round beyond the tool, p50", "除工具外的一次往返，p50"),
                        more,
                        "ms",
                        List.of(Goal.atMost("", GOAL_MILLIS, more))),
                new Line.Note(bench.say(
                        "The processor time is of one plain turn and one with a tool.", "CPU 时间为一个普通轮与一个带工具轮之和。")));
        return List.of(
                bench.turns(
                        "toolOneAtATime", bench.say("turn with a tool, one at a time", "带工具的一轮，逐个发送"), measured, lines),
                bench.turns(
                        "toolSteady",
                        bench.say("turn with a tool, %d a second", "带工具的一轮，每秒 %d 个", sizes.rate()),
                        bench.measure(() -> bench.alone().steady(sizes.rate(), sizes.seconds(), Saying.TOOL)),
                        List.of()));
    }

    private static Turns inTurns(Load load, int turns, List<Turn> plain) throws InterruptedException {
        List<Turn> withTool = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < turns; i++) {
            plain.add(load.ask(i % Load.SPREAD, Saying.PLAIN));
            Turn turn = load.ask(i % Load.SPREAD, Saying.TOOL);
            withTool.add(turn);
            if (!turn.isRight()) break;
        }
        return Turns.of(withTool, 0, begun);
    }
}
