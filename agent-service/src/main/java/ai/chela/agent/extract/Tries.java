package ai.chela.agent.extract;

import ai.chela.contracts.memory.ExtractionCompleted.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How often a model is asked about one message, and when it is not worth it any more. */
final class Tries {
    /** In all, those that were cut off by the end of their instance included. */
    static final int MOST = 3;

    private static final Duration AFTER_THE_FIRST = Duration.ofMinutes(1);
    private static final Duration AFTER_THE_SECOND = Duration.ofMinutes(10);

    private Tries() {}

    /**
     * Why it is over before the model is asked; null when it is to be asked.
     *
     * @param model whether there is one
     * @param tried how often it was asked already
     * @param old whether the message has waited for a day
     */
    static @Nullable Outcome over(boolean model, int tried, boolean old) {
        if (!model) return Outcome.NO_MODEL;
        return old || tried >= MOST ? Outcome.FAILED : null;
    }

    /**
     * How long to wait before the next try; null when there is none.
     *
     * @param code of the failure
     * @param tried how often it was asked, this time included; from 1
     */
    static @Nullable Duration pause(String code, int tried) {
        if (tried >= MOST) return null;
        return switch (code) {
            case "model.unreachable", "model.timeout", "model.rate-limited", "model.failed" ->
                tried == 1 ? AFTER_THE_FIRST : AFTER_THE_SECOND;
            default -> null; // what an operator has to mend, or an answer without end
        };
    }

    /** What a failure without another try is. */
    static Outcome failed(String code) {
        return code.equals("model.too-long") ? Outcome.UNREADABLE : Outcome.FAILED;
    }
}
