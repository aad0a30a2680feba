package ai.chela.launcher.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Some turns that were measured together.
 *
 * @param refusals requests that were turned away and sent again
 * @param seconds from the first request to the last answer
 */
record Turns(List<Turn> all, int refusals, double seconds) {
    static Turns of(List<Turn> all, int refusals, long begun) {
        long end = all.stream()
                .filter(it -> it.last() != null)
                .mapToLong(Turn::answeredAt)
                .max()
                .orElse(begun);
        return new Turns(List.copyOf(all), refusals, Math.max(1, end - begun) / 1e9);
    }

    private List<Turn> right() {
        return all.stream().filter(Turn::isRight).toList();
    }

    int answered() {
        return right().size();
    }

    double perSecond() {
        return answered() / seconds;
    }

    Latencies fromSent() {
        return latencies(Turn::millisFromSent);
    }

    Latencies fromAccepted() {
        return latencies(Turn::millisFromAccepted);
    }

    private Latencies latencies(ToDoubleFunction<Turn> time) {
        return Latencies.of(right().stream().mapToDouble(time).toArray());
    }

    /** What became of them, and of the first that went wrong: why. */
    List<Line> lines() {
        int lost = (int) all.stream().filter(Turn::isLost).count();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line.Sent(all.size(), lost, all.size() - lost - answered(), refusals));
        all.stream()
                .map(Turn::trouble)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(why -> lines.add(new Line.Note(shortened(why))));
        return lines;
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + " ...";
    }
}
