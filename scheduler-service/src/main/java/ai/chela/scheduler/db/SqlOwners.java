package ai.chela.scheduler.db;

import ai.chela.contracts.identity.PersonChanged;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.scheduler.due.Owners;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Persons in the table of that name. */
@ApplicationScoped
public class SqlOwners implements Owners {
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
