package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.retention.Aged;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Old memories in PostgreSQL: found by the queue role, which sees ids and times, and claimed under their tenant. */
@ApplicationScoped
class AgeStore implements Aged {
    private static final String DUE = """
            select f.tenant, f.root from fact f
            where f.superseded_by is null and f.said_at < greatest($1::timestamptz, $2::timestamptz)
              and f.said_at < case when f.scope = 'tenant' then $2::timestamptz else $1::timestamptz end
              and not exists (select 1 from fact v join legal_hold h on h.tenant = v.tenant
                  and h.subject in ('tenant', v.scope, 'person:' || v.speaker)
                  where v.tenant = f.tenant and v.root = f.root)
            order by f.said_at limit $3""";

    private static final String CLAIM = """
            select s.scope, f.root from fact f join memory_scope s on s.tenant = f.tenant and s.scope = f.scope
            where f.tenant = ?1 and f.root = ?2 and f.superseded_by is null
              and f.said_at < case when f.scope = 'tenant' then cast(cast(?4 as text) as timestamptz)
                  else cast(cast(?3 as text) as timestamptz) end
            for update of s skip locked""";

    private final Pool queue;

    AgeStore(@ReactiveDataSource("queue") Pool queue) {
        this.queue = queue;
    }

    @Override
    public Uni<List<Work>> due(Limits limits, int most) {
        return queue.preparedQuery(DUE)
                .execute(Tuple.of(offset(limits.person()), offset(limits.tenant()), most))
                .map(rows -> {
                    List<Work> found = new ArrayList<>();
                    for (Row row : rows) found.add(new Work(row.getString(0), row.getString(1)));
                    return found;
                });
    }

    @Override
    public Uni<@Nullable Scope> claim(UnitOfWork unit, String root, Limits limits) {
        return unit.rows(CLAIM, unit.tenant(), root, text(limits.person()), text(limits.tenant()))
                .map(rows -> rows.isEmpty() ? null : Scope.of(FactRows.text(rows.getFirst()[0])));
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
