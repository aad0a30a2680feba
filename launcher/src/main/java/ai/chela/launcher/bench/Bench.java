package ai.chela.launcher.bench;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.client.Caller;
import ai.chela.launcher.client.Gateway;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.stack.Member;
import ai.chela.launcher.stack.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stack that is measured, and how much of everything is sent to it.
 *
 * @param own the stack when it is the benchmark's own, null when it is somebody's
 * @param alone speaks as the owner
 * @param crowd speaks as all persons of the benchmark, where it made any
 */
record Bench(
        Surroundings here,
        DataFolder data,
        StackState state,
        @Nullable OwnStack own,
        Load alone,
        Load crowd,
        Sizes sizes)
        implements AutoCloseable {

    /**
     * How much is measured.
     *
     * @param turns one at a time
     * @param rate messages a second
     * @param seconds of each run at a rate or in parallel
     * @param warmUp turns before the first that counts
     * @param idleSeconds of watching a stack that has nothing to do
     * @param triggers stored while some fire
     * @param fires a second
     * @param fireSeconds for how long they fire
     */
    record Sizes(
            int turns, int rate, int seconds, int warmUp, int idleSeconds, int triggers, int fires, int fireSeconds) {}

    /** Some work, measured by its caller. */
    @FunctionalInterface
    interface Run {
        Turns run() throws IOException, InterruptedException;
    }

    /**
     * Turns and what they used.
     *
     * @param cpu processor time a turn in milliseconds, by name of the process
     * @param busy part of the machine's processors that the stack kept busy, 0 to 1
     * @param inside from the message taken in to its answer stored, as the gateway counts it: the mean in milliseconds
     */
    record Measured(Turns turns, Map<String, Double> cpu, double busy, double inside) {}

    static Bench of(Surroundings here, DataFolder data, @Nullable OwnStack own, Sizes sizes) throws IOException {
        Gateway owner = Caller.of(here, data, null);
        List<Gateway> people = new ArrayList<>(List.of(owner));
        if (own != null) for (String person : own.people()) people.add(Caller.of(here, data, person));
        return new Bench(here, data, StackState.read(data), own, new Load(List.of(owner)), new Load(people), sizes);
    }

    /** A text in the language of the terminal. */
    String say(String english, String chinese, Object... arguments) {
        return here.language().say(english, chinese, arguments);
    }

    /** What a service counts, all its instances together. */
    Metrics metrics(Service service) {
        StringBuilder all = new StringBuilder();
        for (int number = 1; number <= state.instances(); number++) {
            int port = state.port(new Member(service, number).managementPort()).orElseThrow();
            all.append(Metrics.of(port).text()).append('\n');
        }
        return new Metrics(all.toString());
    }

    Measured measure(Run run) throws IOException, InterruptedException {
        Metrics counted = metrics(Service.GATEWAY);
        ProcessorTime before = ProcessorTime.of(state);
        Turns turns = run.run();
        ProcessorTime after = ProcessorTime.of(state);
        double used = ofStack(after.since(before, 1)).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return new Measured(
                turns,
                after.since(before, Math.max(1, turns.answered())),
                used / (turns.seconds() * 1000 * Conditions.cores()),
                metrics(Service.GATEWAY).meanMillisSince(counted, "chela_reply_latency", ""));
    }

    /** Without the benchmark's own part. */
    static Map<String, Double> ofStack(Map<String, Double> parts) {
        return parts.entrySet().stream()
                .filter(it -> !it.getKey().equals(ProcessorTime.BENCH))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Turns with both ways to look at their time; the goals are for the first. */
    Finding turns(String key, String title, Measured measured, double p50, double p99) {
        Line.Spread accepted = Line.Spread.with(
                "acceptedToReply", acceptedToReply(), measured.turns().fromAccepted(), p50, p99);
        return turns(key, title, measured, accepted, List.of());
    }

    /** The same without goals, and with other lines before the processor time. */
    Finding turns(String key, String title, Measured measured, List<Line> more) {
        Line.Spread accepted = new Line.Spread(
                "acceptedToReply", acceptedToReply(), measured.turns().fromAccepted());
        return turns(key, title, measured, accepted, more);
    }

    private Finding turns(String key, String title, Measured measured, Line.Spread accepted, List<Line> more) {
        List<Line> lines = new ArrayList<>(measured.turns().lines());
        lines.add(accepted);
        lines.add(new Line.Spread(
                "sentToReply", say("sent to reply", "发出到回复"), measured.turns().fromSent()));
        lines.add(new Line.Value(
                "insideMeanMillis", say("inside the gateway, mean", "网关内部计时，平均"), measured.inside(), "ms"));
        lines.addAll(more);
        lines.add(cpu(measured));
        return new Finding(key, title, lines);
    }

    Line cpu(Measured measured) {
        return new Line.Shares("cpuMillisPerTurn", say("CPU a turn", "每轮 CPU"), measured.cpu(), "ms", List.of());
    }

    String acceptedToReply() {
        return say("accepted to reply", "接受到回复");
    }

    @Override
    public void close() {
        alone.close();
        crowd.close();
    }
}
