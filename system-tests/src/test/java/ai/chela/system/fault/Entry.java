package ai.chela.system.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a journal: what somebody outside of the system did or saw. */
sealed interface Entry {
    /** When it was over. */
    Instant at();

    /**
     * The gateway said that it has the message.
     *
     * @param number of the message within its conversation, from 1, in the order in which they were accepted; 0 for a
     *     decision on an approval, which takes no place in that order
     * @param expected what an answer must say
     */
    record Accepted(Instant at, String conversation, int number, String id, String expected) implements Entry {}

    /** The gateway did not take the message, however often it was offered. */
    record Refused(Instant at, String conversation, int number, String id, String reason) implements Entry {}

    /**
     * A stream brought a numbered event.
     *
     * @param event its number within the conversation
     * @param kind such as {@code accepted}, {@code reply}, {@code failed}
     */
    record Seen(
            Instant at,
            String conversation,
            long event,
            String kind,
            @Nullable String inReplyTo,
            String text,
            @Nullable String code)
            implements Entry {
        boolean isAnswer() {
            return inReplyTo != null && (kind.equals("reply") || kind.equals("failed"));
        }

        /** It says that an outcome is not known, with what was tried. */
        boolean isUnsure() {
            return kind.equals("reply") && (text.contains(" has not answered") || text.contains("Outcome unknown: "));
        }

        /** Whether a late outcome says that nothing will come of a reminder after all. */
        static boolean takesBack(String text, String sign) {
            return text.contains("The outcome that was unknown has come")
                    && text.contains("Not scheduled")
                    && text.contains(sign.replace("Reminder: ", ""));
        }

        /** An outcome that was not known when the message was answered. */
        boolean isLateOutcome() {
            return isByItself() && text.contains("The outcome that was unknown has come");
        }

        boolean isByItself() {
            return inReplyTo == null && kind.equals("reply");
        }
    }

    /** A chat client was told something; the platform does not say what it answers. */
    record Heard(Instant at, String conversation, String text) implements Entry {}

    /** What a person has decided about a command that needs an approval. */
    enum Decision {
        APPROVE,
        DENY,
        /** Both at once, at two gateways: either may win. */
        EITHER
    }

    /** A person decides about the command that leaves {@code sign}. */
    record Decided(Instant at, String conversation, String sign, Decision decision) implements Entry {}

    /** A command ran: outside of the system its sign was seen. */
    record Ran(Instant at, String sign) implements Entry {}

    /** What was stored of a conversation at the end, as one of the gateways tells it. */
    record Stored(Instant at, String conversation, String gateway, List<Seen> events) implements Entry {}

    /** Something was promised that comes by itself, exactly once. {@code sign} is in its text and in that of no other. */
    record Promised(Instant at, String conversation, String sign) implements Entry {}

    /** The message asked for a memory; once it is answered there is exactly one that holds {@code sign}. */
    record Remembered(Instant at, String conversation, String id, String sign) implements Entry {}

    /**
     * What is remembered at the end.
     *
     * @param total how many memories there are
     * @param texts of the newest of them
     */
    record Memories(Instant at, int total, List<String> texts) implements Entry {}

    /**
     * The model was asked.
     *
     * @param sign of the message that it was asked about
     * @param round how many tool results it was shown, from 0
     */
    record ModelAsked(Instant at, String sign, int round) implements Entry {}

    /**
     * A gateway was offered a message.
     *
     * @param began when; {@code at} is when it had answered
     * @param status 0 when it did not answer in time, or not at all
     * @param later whether it said when to try again
     */
    record Offered(Instant at, Instant began, String gateway, int status, boolean later) implements Entry {}

    /** From {@code from} to {@code at} something was away that the system cannot do without, and no gateway was struck. */
    record Away(Instant at, Instant from, String what) implements Entry {}

    /** A process was told to stop, and has. */
    record Left(Instant at, String target, Duration took) implements Entry {}

    /** A process did not come back after faults, however long it was waited for. */
    record Gone(Instant at, String target) implements Entry {}

    /**
     * A fault.
     *
     * @param kind such as {@code kill}, {@code pause}, {@code halt}
     * @param target the process, or the service
     * @param point the named crash point at which it was to strike, null when it struck at any time
     * @param struck false when it did not happen: a crash point that nobody reached, a process that was gone
     */
    record Fault(
            Instant at,
            String kind,
            String target,
            @Nullable String point,
            boolean struck) implements Entry {}
}
