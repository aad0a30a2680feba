package ai.chela.scheduler.trigger;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.scheduler.due.Firing;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The triggers of the unit's tenant. */
public interface TriggerStore {
    /** @param active how many active triggers the person has, counted no further than was asked */
    record Drawn(String handle, long active) {}

    /**
     * A trigger that this unit has locked.
     *
     * @param owner what its owner may
     * @param now by the clock of the store: what is due is decided by this one clock, whatever the instances' say
     */
    record Locked(Trigger trigger, Firing.Owner owner, Instant now) {}

    /** @param total how many there are, shown or not */
    record Listing(List<Trigger> triggers, long total) {}

    /**
     * Draws the next handle of a form, {@code t} or {@code w}, and counts the person's active triggers up to {@code most}.
     * Whoever draws from the same tenant and form waits until this unit has ended.
     */
    Uni<Drawn> drawHandle(UnitOfWork unit, String form, String owner, long most);

    Uni<Void> insert(UnitOfWork unit, Trigger trigger);

    /** Writes state and due time of a trigger that this unit has locked. */
    Uni<Void> save(UnitOfWork unit, Trigger trigger);

    /** Locks the trigger of that handle; null when there is none. */
    Uni<@Nullable Locked> lock(UnitOfWork unit, String handle);

    /** Locks the newest trigger of a person in a conversation that has not ended; null when there is none. */
    Uni<@Nullable Locked> lockNewest(UnitOfWork unit, String owner, String conversation);

    /** Locks a trigger by id; null when it does not exist or somebody else holds it. */
    Uni<@Nullable Locked> claim(UnitOfWork unit, String id);

    /** Has a due trigger looked at again later; {@code dueAt} stays. */
    Uni<Void> postpone(UnitOfWork unit, String id, Instant until);

    /** At most {@code limit} active and paused triggers of a person: soonest first, then those without a time, newest first. */
    Uni<Listing> list(UnitOfWork unit, String owner, int limit);
}
