package ai.chela.launcher.bench;

import java.io.IOException;
import java.util.List;

/** A turn that the planner answers alone. */
final class PlainTurn implements Measurement {
    private static final double P50 = 8;
    private static final double P99 = 30;

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("plain turn", "普通一轮");
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        Bench.Sizes sizes = bench.sizes();
        bench.alone().steady(sizes.rate(), Math.ceilDiv(sizes.warmUp(), sizes.rate()), Saying.PLAIN);
        return List.of(
                bench.turns(
                        "plainOneAtATime",
                        bench.say("plain turn, one at a time", "普通一轮，逐个发送"),
                        bench.measure(() -> bench.alone().oneAtATime(sizes.turns(), Saying.PLAIN)),
                        P50,
                        P99),
                bench.turns(
                        "plainSteady",
                        bench.say("plain turn, %d a second", "普通一轮，每秒 %d 个", sizes.rate()),
                        bench.measure(() -> bench.alone().steady(sizes.rate(), sizes.seconds(), Saying.PLAIN)),
                        P50,
                        P99));
    }
}
