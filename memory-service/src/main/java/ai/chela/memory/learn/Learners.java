package ai.chela.memory.learn;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Who lets Chela learn from her words, and from which. */
public interface Learners {
    /** Until she says otherwise, everybody. */
    Uni<Boolean> learning(UnitOfWork unit, String person);

    Uni<Void> set(UnitOfWork unit, String person, boolean on);

    /**
     * Whether anything that a person told in private was forgotten at that time or later. Which words it had is not known any
     * more, so whatever was said before may be what is to stay forgotten.
     */
    Uni<Boolean> forgotSince(UnitOfWork unit, String person, Instant at);
}
