package ai.chela.launcher.bench;

import ai.chela.launcher.client.Event;
import ai.chela.launcher.stack.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The start of a sandbox, as tool-runner times it. The command is {@code true}, approved as the owner. */
final class SandboxStart implements Measurement {
    private static final int STARTS = 20;
    private static final double GOAL_MILLIS = 15;
    private static final String TIMER = "sandbox_start";
    private static final Saying COMMAND = new Saying("run true", "/approve");
    private static final Saying APPROVE = new Saying("/approve", "exit code 0");

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("sandbox start", "沙箱启动");
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        bench.alone().open(1);
        List<Double> starts = new ArrayList<>();
        List<Turn> approved = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < STARTS + 1; i++) {
            Metrics before = bench.metrics(Service.TOOL_RUNNER);
            Event question = bench.alone().ask(0, COMMAND).last();
            if (question == null || question.approval() == null)
                return List.of(Finding.leftOut("sandbox", title(bench), why(bench, question)));
            Turn turn = bench.alone().ask(0, new Saying("/approve " + question.approval(), APPROVE.answer()));
            if (i == 0) continue; // the first one of a tool-runner loads what the others use
            approved.add(turn);
            if (!turn.isRight()) break;
            // one at a time: what was recorded since is this one start
            double millis = bench.metrics(Service.TOOL_RUNNER).meanMillisSince(before, TIMER, "");
            if (!Double.isNaN(millis)) starts.add(millis);
        }
        Turns turns = Turns.of(approved, 0, begun);
        Latencies took = Latencies.of(starts);
        List<Line> lines = new ArrayList<>(turns.lines());
        lines.add(new Line.Spread(
                "start",
                bench.say("start of the sandbox", "沙箱启动"),
                took,
                List.of(Goal.atMost("p50", GOAL_MILLIS, took.percentile(50)))));
        lines.add(new Line.Spread("approvedToReply", bench.say("approved to reply", "批准到回复"), turns.fromAccepted()));
        return List.of(new Finding("sandbox", title(bench), lines));
    }

    private static String why(Bench bench, @org.jspecify.annotations.Nullable Event answer) {
        String said = answer == null ? "" : answer.text().replaceAll("\\s+", " ");
        return bench.say(
                "a command was not offered for approval: %s",
                "命令未进入待批准状态：%s", said.substring(0, Math.min(200, said.length())));
    }
}
