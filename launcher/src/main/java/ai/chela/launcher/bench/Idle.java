package ai.chela.launcher.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a stack uses that nobody talks to. */
final class Idle implements Measurement {
    private static final double GOAL_PERCENT = 2;
    /** What a start or an earlier load leaves to be done. */
    private static final int SETTLE_SECONDS = 5;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("idle for %d s", "空闲 %d 秒", bench.sizes().idleSeconds());
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        ProcessorTime before = ProcessorTime.of(bench.state());
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(bench.sizes().idleSeconds());
        ProcessorTime after = ProcessorTime.of(bench.state());
        double onePercent = (System.nanoTime() - begun) / 1e6 / 100;
        Map<String, Double> percent = Bench.ofStack(after.since(before, onePercent));
        double sum = percent.values().stream().mapToDouble(Double::doubleValue).sum();
        Line cpu = new Line.Shares(
                "cpuPercentOfOneCore",
                bench.say("CPU, of one core", "CPU，占单核"),
                percent,
                "%",
                List.of(Goal.atMost("", GOAL_PERCENT, sum)));
        return List.of(new Finding("idle", title(bench), List.of(cpu)));
    }
}
