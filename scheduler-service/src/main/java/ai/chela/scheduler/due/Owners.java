package ai.chela.scheduler.due;

import ai.chela.contracts.identity.PersonChanged;
import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** The persons of the unit's tenant, as the gateway told of them last. */
public interface Owners {
    /** Notes what was told at {@code at}; what is older than what is known changes nothing. */
    Uni<Void> note(UnitOfWork unit, PersonChanged person, Instant at);
}
