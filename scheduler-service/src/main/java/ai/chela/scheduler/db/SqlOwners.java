package ai.chela.scheduler.db;

import ai.chela.contracts.identity.PersonChanged;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.scheduler.due.Firing;
import ai.chela.scheduler.due.Owners;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Persons in the table of that name. */
@ApplicationScoped
public class SqlOwners implements Owners {
    @Override
    public Uni<Firing.Owner> standing(UnitOfWork unit, String person) {
        return unit.query(
                        Boolean.class, "select active from person where tenant = ?1 and id = ?2", unit.tenant(), person)
                .map(found -> {
                    if (found.isEmpty()) return Firing.Owner.UNKNOWN;
                    return found.getFirst() ? Firing.Owner.ACTIVE : Firing.Owner.INACTIVE;
                });
    }

    /** Every instance reads all of the topic at its start, so what it reads may be older than what another has noted. */
    @Override
    public Uni<Void> note(UnitOfWork unit, PersonChanged person, Instant at) {
        return unit.execute("""
                        insert into person as p (tenant, id, active, told_at) values (?1, ?2, ?3, ?4)
                        on conflict (tenant, id) do update set active = excluded.active, told_at = excluded.told_at
                        where p.told_at <= excluded.told_at""", unit.tenant(), person.id(), person.active(), at)
                .replaceWithVoid();
    }
}
