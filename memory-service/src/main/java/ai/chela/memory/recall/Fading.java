package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;
import java.time.Duration;
import java.time.Instant;

/**
 * How memories fall behind: by the time since they were told, or by not being the answer, whichever leaves more. What is pinned does
 * not.
 *
 * @param halfLife after which half is left
 * @param nightly what a night without use leaves, above 0 and at most 1
 */
record Fading(Duration halfLife, double nightly) {
    /** What is left, from 0 to 1. */
    double left(Fact fact, Instant now) {
        if (fact.standing().pinned()) return 1;
        double age = Math.max(0, Duration.between(fact.saidAt(), now).toSeconds());
        double byAge = Math.pow(0.5, age / Math.max(1, halfLife.toSeconds()));
        return fact.standing().recalls() == 0
                ? byAge
                : Math.max(byAge, fact.standing().strength(nightly, now));
    }
}
