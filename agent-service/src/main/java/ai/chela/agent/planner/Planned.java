package ai.chela.agent.planner;

import java.util.List;

/** What planning a message led to. {@code language} ("en" or "zh") is the one to answer in. */
public sealed interface Planned {
    String language();

    /** The message is certain: do these, in this order. Never empty. */
    record Plan(List<Operation> operations, Derivation derivation, String language) implements Planned {
        public Plan {
            operations = List.copyOf(operations);
        }

        /** What was assumed and must be said to the person, such as a default time of day. */
        public List<String> notes() {
            return derivation.notes(language);
        }
    }

    /** Something is missing, wrong or ambiguous: ask this, do nothing. */
    record Question(String text, String language) implements Planned {}

    /**
     * The grammar does not account for every word: do nothing.
     *
     * @param what the part that was not understood, at most 200 characters
     * @param nearest what may have been meant: at most two sentences to type, in {@code language}, the nearest first
     */
    record NotUnderstood(String what, List<String> nearest, String language) implements Planned {
        public NotUnderstood {
            nearest = List.copyOf(nearest);
        }
    }
}
