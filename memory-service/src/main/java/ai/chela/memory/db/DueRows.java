package ai.chela.memory.db;

import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.memory.review.DueMemories;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Scans by the role that sees ids and times only. */
@ApplicationScoped
class DueRows implements DueMemories {
    private static final String REVIEWS = """
            select t.tenant, t.tenant as id from tenant_key t
            left join review r on r.tenant = t.tenant
            where r.tenant is null or r.due_at <= now() and r.lease_until < now()
            order by r.due_at nulls first limit $1""";

    private static final String EXPIRED = """
            select u.tenant, u.root as id from keeping u
            where u.expires_at <= now()
              and not exists (select 1 from fact v join legal_hold h on h.tenant = v.tenant
                  and h.subject in ('tenant', v.scope, 'person:' || v.speaker)
                  where v.tenant = u.tenant and v.root = u.root)
            order by u.expires_at limit $1""";

    private final Pool queue;

    DueRows(@ReactiveDataSource("queue") Pool queue) {
        this.queue = queue;
    }

    @Override
    public Uni<List<Work>> reviews(int limit) {
        return due(REVIEWS, limit);
    }

    @Override
    public Uni<List<Work>> expired(int limit) {
        return due(EXPIRED, limit);
    }

    private Uni<List<Work>> due(String sql, int limit) {
        return queue.preparedQuery(sql).execute(Tuple.of(limit)).map(rows -> {
            List<Work> due = new ArrayList<>();
            for (Row row : rows) due.add(new Work(row.getString("tenant"), row.getString("id")));
            return due;
        });
    }
}
