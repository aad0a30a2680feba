package ai.chela.memory.learn;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;

/** Who lets Chela learn from her words. */
public interface Learners {
    /** Until she says otherwise, everybody. */
    Uni<Boolean> learning(UnitOfWork unit, String person);

    Uni<Void> set(UnitOfWork unit, String person, boolean on);
}
