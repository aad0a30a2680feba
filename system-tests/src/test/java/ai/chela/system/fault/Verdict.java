package ai.chela.system.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the journals of a run say.
 *
 * @param findings empty: green
 * @param accepted messages
 * @param failures answers that say that there is none, by their code
 * @param unsure answers that say that an outcome is not known
 * @param promised reminders and alerts that were due
 * @param landed faults that struck while a message was under way
 * @param recoveries from a fault to the next answer of a conversation that waited then, ascending
 */
record Verdict(
        List<Finding> findings,
        int accepted,
        Map<String, Integer> failures,
        int unsure,
        int promised,
        int landed,
        List<Duration> recoveries) {

    boolean green() {
        return findings.isEmpty();
    }

    /** The time within which this part of the recoveries was over; zero when there was none. */
    Duration recovery(double part) {
        if (recoveries.isEmpty()) return Duration.ZERO;
        return recoveries.get((int) Math.min(recoveries.size() - 1, Math.ceil(part * recoveries.size()) - 1));
    }
}
