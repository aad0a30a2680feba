package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.learn.Learners;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

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
