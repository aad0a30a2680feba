package ai.chela.scheduler.watch;

import ai.chela.scheduler.watch.CheckOutcome.Answered;
import java.time.Instant;

/**
 * What a watch knows of its address. Two failures in a row make it bad and are told once; the first good answer after that
 * makes it good and is told once. One failure between good answers is nothing.
 */
public sealed interface Health {
    /** The last answer was good, or there was none yet. */
    record Good() implements Health {
        Suspect failed(Instant at) {
            return new Suspect(at);
        }
    }

    /** The last answer was bad, the one before was not. */
    record Suspect(Instant since) implements Health {
        Bad failed() {
            return new Bad(since);
        }

        Good recovered() {
            return new Good();
        }
    }

    /** At least two in a row were bad, the first at {@code since}; it has been told. */
    record Bad(Instant since) implements Health {
        Good recovered() {
            return new Good();
        }
    }

    /** What people are told. */
    sealed interface News {
        record Nothing() implements News {}

        /** It went bad; {@code what} is the latest failure. */
        record WentBad(CheckOutcome what, Instant since) implements News {}

        record WentGood(int status, Instant badSince) implements News {}
    }

    /** What it is after a check, and what is told of it. */
    record Step(Health health, News news) {}

    /** Takes in the outcome of one check. */
    default Step after(CheckOutcome outcome, int expectedStatus, Instant at) {
        if (outcome instanceof Answered(int status) && status == expectedStatus)
            return switch (this) {
                case Good good -> new Step(good, new News.Nothing());
                case Suspect suspect -> new Step(suspect.recovered(), new News.Nothing());
                case Bad bad -> new Step(bad.recovered(), new News.WentGood(status, bad.since()));
            };
        return switch (this) {
            case Good good -> new Step(good.failed(at), new News.Nothing());
            case Suspect suspect -> new Step(suspect.failed(), new News.WentBad(outcome, suspect.since()));
            case Bad bad -> new Step(bad, new News.Nothing());
        };
    }

    /** After a pause nothing is "in a row" any more; what was told stays told. */
    default Health paused() {
        return switch (this) {
            case Good good -> good;
            case Suspect _ -> new Good();
            case Bad bad -> bad;
        };
    }
}
