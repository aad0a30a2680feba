package ai.chela.contracts.memory;

import ai.chela.contracts.Check;
import java.util.List;

/**
 * What a model found in a message. It is a proposal: memory keeps only what is a whole clause of the message, word by word.
 *
 * @param request what was asked, so that nobody has to keep it meanwhile
 * @param lessons at most 3, empty unless the model has answered
 */
public record ExtractionCompleted(ExtractionRequested request, Outcome outcome, List<Lesson> lessons) {
    /** More than this from one message is no lesson. */
    public static final int MOST_LESSONS = 3;

    public ExtractionCompleted {
        Check.present("request", request);
        Check.present("outcome", outcome);
        lessons = Check.list("lessons", lessons);
        if (lessons.size() > MOST_LESSONS)
            throw new IllegalArgumentException("lessons: " + lessons.size() + ", at most " + MOST_LESSONS);
    }

    /** What became of the question; none is asked again. */
    public enum Outcome {
        /** The model has answered, and may have found nothing. */
        ANSWERED,
        /** Its answer was not what it was asked for, or too long. */
        UNREADABLE,
        /** No model is configured for this. */
        NO_MODEL,
        /** The person's messages have been looked through as often as is allowed in a day. */
        LIMITED,
        /** The model did not answer in time, at several tries. */
        FAILED
    }

    /** What may be worth keeping; {@code quote} should be a part of the message, at most 500 characters. */
    public record Lesson(String quote, Kind kind) {
        public Lesson {
            Check.text("quote", quote, 500);
            Check.present("kind", kind);
        }

        /** What it says. */
        public enum Kind {
            FACT,
            /** How the person wants things done. */
            PREFERENCE
        }
    }
}
