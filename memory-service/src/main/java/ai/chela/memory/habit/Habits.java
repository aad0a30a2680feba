package ai.chela.memory.habit;

import ai.chela.contracts.memory.Habit;
import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/** The habits of persons. */
public interface Habits {
    /**
     * Counts what was done in one turn, unless the person has switched learning off.
     *
     * @param at in the person's zone
     */
    Uni<Void> count(UnitOfWork unit, String person, Set<String> operations, ZonedDateTime at);

    /** The most frequent first. */
    Uni<List<Habit>> most(UnitOfWork unit, String person, int limit);

    /** All of that person's. */
    Uni<Void> forget(UnitOfWork unit, String person);
}
