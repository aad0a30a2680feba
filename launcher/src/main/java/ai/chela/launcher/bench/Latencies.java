package ai.chela.launcher.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long each of some things took, in milliseconds, ascending. */
record Latencies(double[] sorted) {
    /** Upper ends of the classes of the distribution, in milliseconds. */
    private static final double[] CLASSES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000};

    static Latencies of(double... millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    static Latencies of(Collection<Double> millis) {
        return of(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The value that so many percent do not exceed (nearest rank); not a number when there is none. */
    double percentile(double percent) {
        if (sorted.length == 0) return Double.NaN;
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    int count() {
        return sorted.length;
    }

    /** How many fell into each class, by the name of the class; those that are empty are left out. */
    Map<String, Long> distribution() {
        Map<String, Long> classes = new LinkedHashMap<>();
        double from = Double.NEGATIVE_INFINITY;
        for (double to : CLASSES) {
            count(classes, from, to, String.format(Locale.ROOT, "<%.0f ms", to));
            from = to;
        }
        count(classes, from, Double.POSITIVE_INFINITY, String.format(Locale.ROOT, ">=%.0f ms", from));
        return classes;
    }

    private void count(Map<String, Long> classes, double from, double to, String name) {
        long count = Arrays.stream(sorted).filter(it -> it >= from && it < to).count();
        if (count > 0) classes.put(name, count);
    }
}
