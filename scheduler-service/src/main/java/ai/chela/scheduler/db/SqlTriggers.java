package ai.chela.scheduler.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.scheduler.trigger.Trigger;
import ai.chela.scheduler.trigger.TriggerStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Triggers in the table of that name. */
@ApplicationScoped
public class SqlTriggers implements TriggerStore {
    private static final String OPEN = "state in ('ACTIVE', 'PAUSED')";

    @Override
    public Uni<String> drawHandle(UnitOfWork unit, String form) {
        return unit.query(Long.class, """
                        insert into handle_counter as c (tenant, form, last) values (?1, ?2, 1)
                        on conflict (tenant, form) do update set last = c.last + 1 returning last""", unit.tenant(), form).map(last -> form + "-" + last.getFirst());
    }

    @Override
    public Uni<Long> countActive(UnitOfWork unit, String owner) {
        return unit.query(
                        Long.class,
                        "select count(*) from trigger where tenant = ?1 and owner = ?2 and state = 'ACTIVE'",
                        unit.tenant(),
                        owner)
                .map(List::getFirst);
    }

    @Override
    public Uni<Void> insert(UnitOfWork unit, Trigger trigger) {
        return unit.session().persist(TriggerRow.of(trigger));
    }

    @Override
    public Uni<Void> save(UnitOfWork unit, Trigger trigger) {
        return unit.session()
                .find(TriggerRow.class, new TenantId(unit.tenant(), trigger.id()))
                .invoke(row -> row.become(trigger))
                .replaceWithVoid();
    }

    @Override
    public Uni<@Nullable Trigger> lock(UnitOfWork unit, String handle) {
        return one(unit, "handle = ?2 for update", handle);
    }

    @Override
    public Uni<@Nullable Trigger> lockNewest(UnitOfWork unit, String owner, String conversation) {
        return one(
                unit,
                "owner = ?2 and conversation = ?3 and " + OPEN + " order by made_at desc limit 1 for update",
                owner,
                conversation);
    }

    @Override
    public Uni<@Nullable Trigger> claim(UnitOfWork unit, String id) {
        return one(unit, "id = ?2 for update skip locked", id);
    }

    @Override
    public Uni<@Nullable Trigger> lockId(UnitOfWork unit, String id) {
        return one(unit, "id = ?2 for update", id);
    }

    @Override
    public Uni<Void> postpone(UnitOfWork unit, String id, Instant until) {
        return unit.session()
                .find(TriggerRow.class, new TenantId(unit.tenant(), id))
                .invoke(row -> row.wakeAt = until)
                .replaceWithVoid();
    }

    @Override
    public Uni<List<Trigger>> list(UnitOfWork unit, String owner, int limit) {
        return find(
                unit, "owner = ?2 and " + OPEN + " order by due_at nulls last, made_at desc limit ?3", owner, limit);
    }

    @Override
    public Uni<Long> count(UnitOfWork unit, String owner) {
        return unit.query(
                        Long.class,
                        "select count(*) from trigger where tenant = ?1 and owner = ?2 and " + OPEN,
                        unit.tenant(),
                        owner)
                .map(List::getFirst);
    }

    private static Uni<@Nullable Trigger> one(UnitOfWork unit, String condition, Object... parameters) {
        return find(unit, condition, parameters).map(found -> found.isEmpty() ? null : found.getFirst());
    }

    /** {@code ?1} is the tenant. */
    private static Uni<List<Trigger>> find(UnitOfWork unit, String condition, Object... parameters) {
        Object[] all = new Object[parameters.length + 1];
        all[0] = unit.tenant();
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        return unit.entities(TriggerRow.class, "select * from trigger where tenant = ?1 and " + condition, all)
                .map(rows -> rows.stream().map(TriggerRow::trigger).toList());
    }
}
