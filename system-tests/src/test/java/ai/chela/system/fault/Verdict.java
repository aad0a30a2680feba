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
 * @param ran commands that left their sign
 * @param marked messages in chats that were marked as a possible repeat
 * @param repeats how many of those were second copies
 * @param landed faults that struck while a message was under way
 * @param recoveries from a fault to the next answer of a conversation that waited then, ascending
 * @param chatRecoveries the same in chats
 * @param leaving how long processes took to stop that were told to, ascending
 */
record Verdict(
        List<Finding> findings,
        int accepted,
        Map<String, Integer> failures,
        int unsure,
        int promised,
        int ran,
        int marked,
        int repeats,
        int landed,
        List<Duration> recoveries,
        List<Duration> chatRecoveries,
        List<Duration> leaving) {

    boolean green() {
        return findings.isEmpty();
    }

    /**
     * The time within which this part of them was over; zero when there was none.
     *
     * @param ascending such as {@link #recoveries}
     */
    static Duration within(double part, List<Duration> ascending) {
        if (ascending.isEmpty()) return Duration.ZERO;
        return ascending.get((int) Math.min(ascending.size() - 1, Math.ceil(part * ascending.size()) - 1));
    }
}
