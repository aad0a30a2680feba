package ai.chela.scheduler.db;

import ai.chela.kit.work.WorkLoop.Work;
import ai.chela.scheduler.due.DueWork;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** Scans across tenants, by the role that sees ids and times only. */
@ApplicationScoped
public class QueueScans implements DueWork {
    private final Pool queue;

    public QueueScans(@ReactiveDataSource("queue") Pool queue) {
        this.queue = queue;
    }

    @Override
    public Uni<List<Upcoming>> triggers(Duration ahead, int limit) {
        return rows("""
                        select tenant, id,
                               greatest(0, ceil(extract(epoch from wake_at - clock_timestamp()) * 1000))::bigint as in_millis
                        from trigger where wake_at <= now() + $1::bigint * interval '1 millisecond'
                        order by wake_at limit $2""", Tuple.of(ahead.toMillis(), limit))
                .map(rows -> rows.stream()
                        .map(row -> new Upcoming(work(row), row.getLong("in_millis")))
                        .toList());
    }

    @Override
    public Uni<List<Work>> checks(int limit) {
        return works("""
                select tenant, id from watch where check_at <= now() and (lease_until is null or lease_until <= now())
                order by check_at limit $1""", limit);
    }

    @Override
    public Uni<List<Work>> askedWatches(int limit) {
        return works("""
                select tenant, id from asked_watch where lease_until is null or lease_until <= now()
                order by asked_at limit $1""", limit);
    }

    @Override
    public Uni<Long> active() {
        return queue.query("""
                        select (select count(*) from trigger where wake_at is not null)
                             + (select count(*) from watch where check_at is not null) as active""").execute().map(rows -> rows.iterator().next().getLong("active"));
    }

    @Override
    public Uni<Integer> forgetEnded(Duration age) {
        return queue.preparedQuery("delete from trigger where ended_at < now() - $1::bigint * interval '1 millisecond'")
                .execute(Tuple.of(age.toMillis()))
                .map(RowSet::rowCount);
    }

    private Uni<List<Work>> works(String sql, int limit) {
        return rows(sql, Tuple.of(limit))
                .map(rows -> rows.stream().map(QueueScans::work).toList());
    }

    private Uni<List<Row>> rows(String sql, Tuple parameters) {
        return queue.preparedQuery(sql)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    private static Work work(Row row) {
        return new Work(row.getString("tenant"), row.getString("id"));
    }
}
