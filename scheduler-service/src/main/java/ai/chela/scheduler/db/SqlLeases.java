package ai.chela.scheduler.db;

import ai.chela.scheduler.watch.LeaseStore;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;

/** Leases in the tables {@code watch} and {@code asked_watch}, by the role that sees ids and times only. */
@ApplicationScoped
public class SqlLeases implements LeaseStore {
    /** A row that is locked is being finished, or taken by the next holder; neither is waited for. */
    private static final String RENEW = """
            with mine as (
                select w.tenant, w.id from %1$s w
                join unnest($1::text[], $2::text[], $3::bigint[]) as held(tenant, id, fence)
                  on w.tenant = held.tenant and w.id = held.id and w.fence = held.fence
                where w.lease_until is not null for update of w skip locked)
            update %1$s w set lease_until = clock_timestamp() + $4::bigint * interval '1 millisecond'
            from mine where w.tenant = mine.tenant and w.id = mine.id""";

    private static final String RELEASE = """
            update %s w set lease_until = null
            from unnest($1::text[], $2::text[], $3::bigint[]) as held(tenant, id, fence)
            where w.tenant = held.tenant and w.id = held.id and w.fence = held.fence""";

    private final Pool queue;

    public SqlLeases(@ReactiveDataSource("queue") Pool queue) {
        this.queue = queue;
    }

    @Override
    public Uni<Void> renew(Kind kind, Collection<Held> held, Duration lease) {
        return queue.preparedQuery(RENEW.formatted(table(kind)))
                .execute(keys(held).addLong(lease.toMillis()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> release(Kind kind, Collection<Held> held) {
        return queue.preparedQuery(RELEASE.formatted(table(kind)))
                .execute(keys(held))
                .replaceWithVoid();
    }

    private static String table(Kind kind) {
        return switch (kind) {
            case CHECK -> "watch";
            case ASKED -> "asked_watch";
        };
    }

    private static Tuple keys(Collection<Held> held) {
        return Tuple.of(
                held.stream().map(Held::tenant).toArray(String[]::new),
                held.stream().map(Held::id).toArray(String[]::new),
                held.stream().map(Held::fence).toArray(Long[]::new));
    }
}
