package ai.chela.launcher.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long each of some turns took, in milliseconds, ascending.
 *
 * @param asked how many were sent; those without an answer have no value
 */
record Latencies(double[] sorted, int asked) {
    /** Upper ends of the classes of the distribution, in milliseconds. */
    private static final double[] CLASSES = {5, 10, 20, 50, 100, 200, 500, 1_000};

    static Latencies of(double[] millis, int asked) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted, asked);
    }

    /** The value that so many percent do not exceed (nearest rank); not a number when there is none. */
    double percentile(double percent) {
        if (sorted.length == 0) return Double.NaN;
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    int lost() {
        return asked - sorted.length;
    }

    /** How many fell into each class, as one line. */
    String distribution() {
        StringBuilder line = new StringBuilder();
        double from = 0;
        for (double to : CLASSES) {
            append(line, from, to, String.format(Locale.ROOT, "<%.0f ms", to));
            from = to;
        }
        append(line, from, Double.MAX_VALUE, String.format(Locale.ROOT, ">=%.0f ms", from));
        return line.toString();
    }

    private void append(StringBuilder line, double from, double to, String name) {
        long count = Arrays.stream(sorted).filter(it -> it >= from && it < to).count();
        if (count > 0)
            line.append(line.isEmpty() ? "" : ", ").append(name).append(": ").append(count);
    }
}
