package ai.chela.launcher.bench;

import ai.chela.launcher.Problem;
import ai.chela.launcher.client.Caller;
import ai.chela.launcher.client.Event;
import ai.chela.launcher.client.Gateway;
import ai.chela.launcher.client.Listener;
import ai.chela.launcher.config.PeopleFile;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many reminders stored, most of them due in a month, and some due evenly through some seconds: how late each is
 * published by scheduler-service, and how late it is on the stream of its conversation.
 */
final class Triggers implements Measurement {
    /** What the database needs to store them and the services to notice that they are there. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern NUMBER = Pattern.compile("bench-fire-(\\d+)");

    @Override
    public String name() {
        return "triggers";
    }

    @Override
    public String title(Bench bench) {
        return bench.say(
                "%d stored triggers, %d fires a second for %d s",
                "已存 %d 个触发器，每秒触发 %d 个，持续 %d 秒",
                bench.sizes().triggers(),
                bench.sizes().fires(),
                bench.sizes().fireSeconds());
    }

    @Override
    public String obstacle(Bench bench) {
        return bench.own() == null
                ? bench.say(
                        "they are written straight into the database, which is only done to a stack of the benchmark's own: --own",
                        "触发器直接写入数据库，只对基准测试专用的环境这样做：请用 --own")
                : "";
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException, InterruptedException {
        Bench.Sizes sizes = bench.sizes();
        int fires = sizes.fires() * sizes.fireSeconds();
        Gateway owner = Caller.of(bench.here(), bench.data(), null);
        bench.alone().open(Load.SPREAD);
        Map<Integer, Instant> shown = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(fires);
        List<Listener> listeners = new ArrayList<>();
        try (Published published = Published.from(bench)) {
            for (int i = 0; i < Load.SPREAD; i++)
                listeners.add(new Listener(owner, Load.conversation(i), -1, event -> hear(event, shown, all)).ready());
            return List.of(measured(bench, fires, shown, all, published));
        } catch (SQLException e) {
            throw new Problem("The triggers could not be stored: " + Problem.reason(e), e);
        } finally {
            listeners.forEach(Listener::close);
        }
    }

    private static void hear(Event event, Map<Integer, Instant> shown, CountDownLatch all) {
        Instant now = Instant.now();
        Matcher number = NUMBER.matcher(event.text());
        if (event.type() != Event.Type.REPLY || !number.find()) return;
        if (shown.putIfAbsent(Integer.parseInt(number.group(1)), now) == null) all.countDown();
    }

    private Finding measured(
            Bench bench, int fires, Map<Integer, Instant> shown, CountDownLatch all, Published published)
            throws SQLException, IOException, InterruptedException {
        Bench.Sizes sizes = bench.sizes();
        String owner = PeopleFile.ids(bench.data()).getFirst();
        try (StoredTriggers stored = StoredTriggers.open(bench)) {
            stored.storeIdle(owner, sizes.triggers() - fires);
            Instant first = Instant.now().plus(AHEAD);
            stored.storeFiring(owner, fires, first, sizes.fires());
            ProcessorTime before = ProcessorTime.of(bench.state());
            boolean complete =
                    all.await(AHEAD.plusSeconds(sizes.fireSeconds()).plus(LIMIT).toMillis(), TimeUnit.MILLISECONDS);
            ProcessorTime after = ProcessorTime.of(bench.state());
            stored.remove();
            List<Double> late = new ArrayList<>();
            shown.forEach((number, at) -> late.add(millis(StoredTriggers.due(first, number, sizes.fires()), at)));
            List<Line> lines = new ArrayList<>();
            lines.add(new Line.Sent(fires, complete ? 0 : fires - shown.size(), 0, 0));
            lines.add(new Line.Spread("dueToPublished", bench.say("due to published", "到期到发布"), published.lateness()));
            lines.add(new Line.Spread("dueToShown", bench.say("due to reply event", "到期到回复事件"), Latencies.of(late)));
            lines.add(new Line.Shares(
                    "cpuMillisPerFire",
                    bench.say("CPU a fire", "每次触发 CPU"),
                    after.since(before, fires),
                    "ms",
                    List.of()));
            return new Finding("triggers", title(bench), lines);
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
