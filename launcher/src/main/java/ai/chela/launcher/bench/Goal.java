package ai.chela.launcher.bench;

import java.util.Locale;

/**
 * What a figure is meant to be.
 *
 * @param figure its name, such as p50; empty where there is only one
 * @param atMost true where less is better
 * @param value what was found; not a number misses every goal
 */
record Goal(String figure, boolean atMost, double limit, double value) {
    static Goal atMost(String figure, double limit, double value) {
        return new Goal(figure, true, limit, value);
    }

    static Goal atLeast(String figure, double limit, double value) {
        return new Goal(figure, false, limit, value);
    }

    boolean met() {
        return atMost ? value <= limit : value >= limit;
    }

    /** Such as {@code p50 <= 8}. */
    String text() {
        String number = String.format(Locale.ROOT, limit == Math.rint(limit) ? "%.0f" : "%.1f", limit);
        return (figure.isEmpty() ? "" : figure + " ") + (atMost ? "<= " : ">= ") + number;
    }
}
