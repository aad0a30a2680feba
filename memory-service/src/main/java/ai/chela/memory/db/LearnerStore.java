package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.learn.Learners;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Who lets Chela learn, in PostgreSQL. */
@ApplicationScoped
class LearnerStore implements Learners {
    @Override
    public Uni<Boolean> learning(UnitOfWork unit, String person) {
        return unit.query(
                        Boolean.class,
                        "select learning from learner where tenant = ?1 and person = ?2",
                        unit.tenant(),
                        person)
                .map(found -> found.isEmpty() || Boolean.TRUE.equals(found.getFirst()));
    }

    /** The last change of a scope that erased something is the newest erasure. */
    @Override
    public Uni<Boolean> forgotSince(UnitOfWork unit, String person, Instant at) {
        return unit.query(
                        Instant.class,
                        "select erased_at from erasure where tenant = ?1 and scope = ?2 order by change desc limit 1",
                        unit.tenant(),
                        new Scope.Person(person).stored())
                .map(last -> !last.isEmpty() && !last.getFirst().isBefore(at));
    }

    @Override
    public Uni<Void> set(UnitOfWork unit, String person, boolean on) {
        return unit.execute(
                        "insert into learner (tenant, person, learning) values (?1, ?2, ?3)"
                                + " on conflict (tenant, person) do update set learning = excluded.learning",
                        unit.tenant(),
                        person,
                        on)
                .replaceWithVoid();
    }
}
