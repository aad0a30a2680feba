package ai.chela.agent.planner.grammar;

import java.util.List;

/** Reads the value of a slot from a message. */
public interface Slots {
    /**
     * A value that a slot can take.
     *
     * @param end position after it
     * @param value what it means; an {@link Ask} when it was recognised but cannot be used
     * @param free how many of its tokens are free text, for which the grammar does not account
     */
    record Reading(int end, Object value, int free) {}

    /**
     * The values that {@code type} can take from {@code at}, none beyond {@code limit}, the preferred first.
     *
     * @param last whether nothing follows the slot in its form, so that free text need only be tried up to the limit
     */
    List<Reading> read(String type, String language, int at, int limit, boolean last);
}
