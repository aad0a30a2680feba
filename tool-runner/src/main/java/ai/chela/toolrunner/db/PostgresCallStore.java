package ai.chela.toolrunner.db;

import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.WireJson;
import ai.chela.kit.work.WorkLoop;
import ai.chela.toolrunner.call.Call;
import ai.chela.toolrunner.call.CallStore;
import ai.chela.toolrunner.call.Lane;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Calls in the table {@code tool_call}. */
@ApplicationScoped
public class PostgresCallStore implements CallStore {
    private final Pool queue;
    private final String instance;

    public PostgresCallStore(
            @ReactiveDataSource("queue") Pool queue, @ConfigProperty(name = "chela.instance") String instance) {
        this.queue = queue;
        this.instance = instance;
    }

    @Override
    public Uni<Void> add(UnitOfWork unit, ToolRequested request, Origin origin, Lane lane) {
        return unit.execute(
                        """
                        insert into tool_call (tenant, id, tool, state, request, origin, lane, person)
                        values (?1, ?2, ?3, 'waiting', ?4, ?5, ?6, ?7) on conflict do nothing
                        """,
                        unit.tenant(),
                        request.callId(),
                        request.tool(),
                        WireJson.text(request),
                        WireJson.text(origin),
                        lane.name(),
                        origin.principal().person())
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<Call>> addTaken(
            UnitOfWork unit, ToolRequested request, Origin origin, Lane lane, Duration lease) {
        return unit.execute(
                        """
                        insert into tool_call (tenant, id, tool, state, request, origin, fence, holder, lease_until,
                                               lane, person)
                        values (?1, ?2, ?3, 'running', ?4, ?5, 1, ?6, now() + ?7 * interval '1 millisecond', ?8, ?9)
                        on conflict do nothing
                        """,
                        unit.tenant(),
                        request.callId(),
                        request.tool(),
                        WireJson.text(request),
                        WireJson.text(origin),
                        instance,
                        lease.toMillis(),
                        lane.name(),
                        origin.principal().person())
                .map(added -> added == 1 ? Optional.of(new Call(request, origin, 1, false)) : Optional.empty());
    }

    @Override
    public Uni<List<WorkLoop.Work>> due(Lane lane, int most, int share) {
        return queue.preparedQuery("""
                        select tenant, id from (
                            select c.tenant, c.id, c.due_at,
                                   row_number() over (partition by c.tenant, c.person order by c.due_at)
                                   + (select count(*) from tool_call r
                                      where r.tenant = c.tenant and r.person = c.person and r.state = 'running'
                                        and r.lane = c.lane and r.holder = $4 and r.lease_until >= now()) as place
                            from tool_call c
                            where c.state <> 'done' and c.lane = $1 and c.lease_until < now()) waiting
                        where place <= $3 order by place, due_at limit $2
                        """)
                .execute(Tuple.of(lane.name(), most, share, instance))
                .map(rows -> {
                    List<WorkLoop.Work> due = new ArrayList<>();
                    for (Row row : rows) due.add(new WorkLoop.Work(row.getString("tenant"), row.getString("id")));
                    return due;
                });
    }

    @Override
    public Uni<Optional<Call>> take(UnitOfWork unit, String id, Duration lease) {
        return unit.rows("""
                        with free as (
                            select state from tool_call
                            where tenant = ?1 and id = ?2 and state <> 'done' and lease_until < now()
                            for update skip locked)
                        update tool_call c set state = 'running', fence = c.fence + 1, holder = ?3,
                               lease_until = now() + ?4 * interval '1 millisecond'
                        from free where c.tenant = ?1 and c.id = ?2
                        returning c.request, c.origin, c.fence, free.state = 'running'
                        """, unit.tenant(), id, instance, lease.toMillis())
                .map(rows -> rows.stream().findFirst().map(PostgresCallStore::call));
    }

    private static Call call(Object[] row) {
        return new Call(
                WireJson.read((String) row[0], ToolRequested.class),
                WireJson.read((String) row[1], Origin.class),
                ((Number) row[2]).longValue(),
                (Boolean) row[3]);
    }

    /** A row that is locked is being finished by this holder, or taken by the next; neither is waited for. */
    @Override
    public Uni<Set<Call.Key>> renew(Collection<Call.Key> calls, Duration lease) {
        return queue.preparedQuery("""
                        with mine as (
                            select c.tenant, c.id from tool_call c
                            join unnest($1::text[], $2::text[], $3::bigint[]) as held(tenant, id, fence)
                              on c.tenant = held.tenant and c.id = held.id and c.fence = held.fence
                            where c.state = 'running' for update of c skip locked)
                        update tool_call c set lease_until = now() + $4::bigint * interval '1 millisecond'
                        from mine where c.tenant = mine.tenant and c.id = mine.id returning c.tenant, c.id, c.fence
                        """)
                .execute(keys(calls).addLong(lease.toMillis()))
                .map(rows -> {
                    Set<Call.Key> kept = new HashSet<>();
                    for (Row row : rows)
                        kept.add(new Call.Key(row.getString("tenant"), row.getString("id"), row.getLong("fence")));
                    return kept;
                });
    }

    @Override
    public Uni<Void> release(Collection<Call> calls, boolean started) {
        Boolean[] begun =
                calls.stream().map(call -> started || call.startedBefore()).toArray(Boolean[]::new);
        return queue.preparedQuery("""
                        update tool_call c set lease_until = '-infinity',
                               state = case when held.begun then 'running' else 'waiting' end
                        from unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[]) as held(tenant, id, fence, begun)
                        where c.tenant = held.tenant and c.id = held.id and c.fence = held.fence and c.state = 'running'
                        """)
                .execute(keys(calls.stream().map(Call::key).toList()).addArrayOfBoolean(begun))
                .replaceWithVoid();
    }

    private static Tuple keys(Collection<Call.Key> calls) {
        return Tuple.of(
                calls.stream().map(Call.Key::tenant).toArray(String[]::new),
                calls.stream().map(Call.Key::id).toArray(String[]::new),
                calls.stream().map(Call.Key::fence).toArray(Long[]::new));
    }

    @Override
    public Uni<Boolean> finish(UnitOfWork unit, Call call, String outcome) {
        return unit.execute("""
                        update tool_call set state = 'done', outcome = ?4, request = null, origin = null, finished_at = now()
                        where tenant = ?1 and id = ?2 and fence = ?3 and state = 'running'
                        """, unit.tenant(), call.request().callId(), call.fence(), outcome)
                .map(changed -> changed == 1);
    }

    @Override
    public Uni<Void> removeFinished(Duration age) {
        return queue.preparedQuery("""
                        delete from tool_call
                        where state = 'done' and finished_at < now() - $1::bigint * interval '1 millisecond'
                        """).execute(Tuple.of(age.toMillis())).replaceWithVoid();
    }
}
