package ai.chela.scheduler.trigger;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The triggers of the unit's tenant. */
public interface TriggerStore {
    /**
     * Draws the next handle of a form, {@code t} or {@code w}. Whoever draws from the same tenant and form waits until this
     * unit has ended.
     */
    Uni<String> drawHandle(UnitOfWork unit, String form);

    /** How many active triggers a person has. */
    Uni<Long> countActive(UnitOfWork unit, String owner);

    Uni<Void> insert(UnitOfWork unit, Trigger trigger);

    /** Writes state and due time of a trigger that this unit has locked. */
    Uni<Void> save(UnitOfWork unit, Trigger trigger);

    /** Locks the trigger of that handle; null when there is none. */
    Uni<@Nullable Trigger> lock(UnitOfWork unit, String handle);

    /** Locks the newest trigger of a person in a conversation that has not ended; null when there is none. */
    Uni<@Nullable Trigger> lockNewest(UnitOfWork unit, String owner, String conversation);

    /** Locks a trigger by id; null when it does not exist or somebody else holds it. */
    Uni<@Nullable Trigger> claim(UnitOfWork unit, String id);

    /** Locks a trigger by id, waiting for whoever holds it; null when it does not exist. */
    Uni<@Nullable Trigger> lockId(UnitOfWork unit, String id);

    /** Has a due trigger looked at again later; {@code dueAt} stays. */
    Uni<Void> postpone(UnitOfWork unit, String id, Instant until);

    /** Active and paused triggers of a person: soonest first, then those without a time, newest first. */
    Uni<List<Trigger>> list(UnitOfWork unit, String owner, int limit);

    /** How many {@link #list} would find without a limit. */
    Uni<Long> count(UnitOfWork unit, String owner);
}
