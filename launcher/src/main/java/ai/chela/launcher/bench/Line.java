package ai.chela.launcher.bench;

import java.util.List;
import java.util.Map;

/** One line of what a measurement found. Keys name it in the JSON, labels are for people. */
sealed interface Line {
    /** What became of the turns that were sent; {@code refusals} were sent again a little later. */
    record Sent(int asked, int lost, int failed, int refusals) implements Line {}

    /** Times of many. */
    record Spread(String key, String label, Latencies took, List<Goal> goals) implements Line {
        Spread(String key, String label, Latencies took) {
            this(key, label, took, List.of());
        }

        /** With goals for the median and for the slowest hundredth, in milliseconds. */
        static Spread with(String key, String label, Latencies took, double p50, double p99) {
            return new Spread(
                    key,
                    label,
                    took,
                    List.of(
                            Goal.atMost("p50", p50, took.percentile(50)),
                            Goal.atMost("p99", p99, took.percentile(99))));
        }
    }

    /** One number. */
    record Value(String key, String label, double value, String unit, List<Goal> goals) implements Line {
        Value(String key, String label, double value, String unit) {
            this(key, label, value, unit, List.of());
        }
    }

    /** One number, and what each process has of it. */
    record Shares(String key, String label, Map<String, Double> parts, String unit, List<Goal> goals) implements Line {
        double sum() {
            return parts.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** Numbers of several things, side by side: a column each. */
    record Table(String key, List<String> columns, List<Row> rows) implements Line {}

    /**
     * One line of a table.
     *
     * @param values one a column
     * @param goals each names its column in its figure; there may be fewer than columns
     */
    record Row(String key, String label, List<Double> values, String unit, List<Goal> goals) {}

    /** Something to know about the lines around it. */
    record Note(String text) implements Line {}

    /** Why it was not measured. */
    record LeftOut(String why) implements Line {}

    /** Why the measurement could not be finished. */
    record Broken(String why) implements Line {}
}
