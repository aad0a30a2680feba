package ai.chela.launcher.bench;

import ai.chela.launcher.stack.Service;
import java.util.List;

/**
 * What was measured of one kind.
 *
 * @param firstAnswerSeconds from {@code up} to the answer to the first question, broker and database included
 * @param turns those that were sent before memory was looked at
 * @param load turns one after another in several conversations at once
 */
record StartFigures(
        StartKind kind, List<OfService> services, double firstAnswerSeconds, List<Turns> turns, Bench.Measured load) {
    StartFigures {
        services = List.copyOf(services);
        turns = List.copyOf(turns);
    }

    /**
     * What was measured of one service. Memory in MiB of resident pages.
     *
     * @param natively whether it ran as a native executable, which of a native stack not all may
     * @param startedMillis median from the making of its process to its own word that it has started
     * @param readyMillis the same until it called itself ready
     * @param atStart when it was ready
     * @param programMegabytes of the executable, or of all its jars
     * @param cacheMegabytes of what its JVM has learned, 0 without
     */
    record OfService(
            Service service,
            boolean natively,
            double startedMillis,
            double readyMillis,
            double atStart,
            double afterTurns,
            double idle,
            double programMegabytes,
            double cacheMegabytes) {
        /** Short, for the head of a column. */
        String column() {
            return service.folder().replace("-service", "");
        }
    }

    /** All five together after the turns, in MiB. */
    double residentTogether() {
        return services.stream().mapToDouble(OfService::afterTurns).sum();
    }
}
