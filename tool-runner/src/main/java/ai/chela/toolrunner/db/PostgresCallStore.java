package ai.chela.toolrunner.db;

import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.WireJson;
import ai.chela.kit.work.WorkLoop;
import ai.chela.toolrunner.call.Call;
import ai.chela.toolrunner.call.CallStore;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    public Uni<Void> add(UnitOfWork unit, ToolRequested request, Origin origin) {
        return unit.execute(
                        """
                        insert into tool_call (tenant, id, tool, state, request, origin)
                        values (?1, ?2, ?3, 'waiting', ?4, ?5) on conflict do nothing
                        """,
                        unit.tenant(),
                        request.callId(),
                        request.tool(),
                        WireJson.text(request),
                        WireJson.text(origin))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<WorkLoop.Work>> due(int most) {
        return queue.preparedQuery("""
                        select tenant, id from tool_call
                        where state <> 'done' and lease_until < now() order by due_at limit $1
                        """).execute(Tuple.of(most)).map(rows -> {
            List<WorkLoop.Work> due = new ArrayList<>();
            for (Row row : rows) due.add(new WorkLoop.Work(row.getString("tenant"), row.getString("id")));
            return due;
        });
    }

    @Override
    public Uni<Optional<Call>> take(UnitOfWork unit, String id, Duration lease) {
        return unit.rows("""
                        select request, origin, fence from tool_call
                        where tenant = ?1 and id = ?2 and state <> 'done' and lease_until < now()
                        for update skip locked
                        """, unit.tenant(), id)
                .chain(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : held(unit, id, lease, rows.getFirst()));
    }

    private Uni<Optional<Call>> held(UnitOfWork unit, String id, Duration lease, Object[] row) {
        long fence = ((Number) row[2]).longValue();
        Call call = new Call(
                WireJson.read((String) row[0], ToolRequested.class),
                WireJson.read((String) row[1], Origin.class),
                fence + 1,
                fence > 0);
        return unit.execute("""
                        update tool_call set state = 'running', fence = ?3, holder = ?4,
                               lease_until = now() + ?5 * interval '1 millisecond'
                        where tenant = ?1 and id = ?2
                        """, unit.tenant(), id, call.fence(), instance, lease.toMillis())
                .replaceWith(Optional.of(call));
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
    public Uni<Void> releaseOwn() {
        return queue.preparedQuery(
                        "update tool_call set lease_until = '-infinity' where state = 'running' and holder = $1")
                .execute(Tuple.of(instance))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> removeFinished(Duration age) {
        return queue.preparedQuery("""
                        delete from tool_call
                        where state = 'done' and finished_at < now() - $1::bigint * interval '1 millisecond'
                        """).execute(Tuple.of(age.toMillis())).replaceWithVoid();
    }
}
