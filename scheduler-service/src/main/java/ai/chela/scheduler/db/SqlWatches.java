package ai.chela.scheduler.db;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.watch.Health;
import ai.chela.scheduler.watch.Watch;
import ai.chela.scheduler.watch.WatchStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Watches and the requests for them. */
@ApplicationScoped
public class SqlWatches implements WatchStore {
    @Override
    public Uni<Void> insert(UnitOfWork unit, Watch watch) {
        return unit.execute(
                        """
                        insert into watch (tenant, id, expected_status, approved, health, since, check_at)
                        values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                        """,
                        unit.tenant(),
                        watch.id(),
                        watch.expectedStatus(),
                        watch.approved(),
                        word(watch.health()),
                        since(watch.health()),
                        watch.checkAt())
                .replaceWithVoid();
    }

    @Override
    public Uni<@Nullable Leased<Watch>> lease(UnitOfWork unit, String id, Duration lease) {
        return unit.rows("""
                        with due as (
                            select id from watch where tenant = ?1 and id = ?2 and check_at <= clock_timestamp()
                            and (lease_until is null or lease_until <= clock_timestamp()) for update skip locked)
                        update watch w set fence = w.fence + 1,
                               lease_until = clock_timestamp() + ?3 * interval '1 millisecond'
                        from due where w.tenant = ?1 and w.id = due.id
                        returning w.id, w.expected_status, w.approved, w.health, w.since, w.check_at,
                                  w.fence, clock_timestamp()
                        """, unit.tenant(), id, lease.toMillis())
                .map(rows -> rows.isEmpty() ? null : leased(rows.getFirst()));
    }

    private static Leased<Watch> leased(Object[] row) {
        return new Leased<>(watch(row), (Long) row[6], (Instant) row[7]);
    }

    @Override
    public Uni<Boolean> finish(UnitOfWork unit, Watch watch, long fence) {
        return unit.execute(
                        """
                        update watch set health = ?3, since = ?4, check_at = ?5, lease_until = null
                        where tenant = ?1 and id = ?2 and fence = ?6
                        """,
                        unit.tenant(),
                        watch.id(),
                        word(watch.health()),
                        since(watch.health()),
                        watch.checkAt(),
                        fence)
                .map(rows -> rows == 1);
    }

    @Override
    public Uni<@Nullable Watch> find(UnitOfWork unit, String id) {
        return unit.rows("""
                        select id, expected_status, approved, health, since, check_at from watch
                        where tenant = ?1 and id = ?2 for update
                        """, unit.tenant(), id).map(rows -> rows.isEmpty() ? null : watch(rows.getFirst()));
    }

    @Override
    public Uni<Void> overrule(UnitOfWork unit, Watch watch) {
        return unit.execute(
                        """
                        update watch set health = ?3, since = ?4, check_at = ?5, lease_until = null, fence = fence + 1
                        where tenant = ?1 and id = ?2
                        """, unit.tenant(), watch.id(), word(watch.health()), since(watch.health()), watch.checkAt())
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> delete(UnitOfWork unit, String id) {
        return unit.execute("delete from watch where tenant = ?1 and id = ?2", unit.tenant(), id)
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> ask(UnitOfWork unit, String id, Asked asked) {
        return unit.execute(
                        "insert into asked_watch (tenant, id, headers, payload) values (?1, ?2, ?3, ?4)",
                        unit.tenant(),
                        id,
                        WireJson.text(KafkaRecords.headers(asked.envelope())),
                        WireJson.text(asked.request()))
                .replaceWithVoid();
    }

    @Override
    public Uni<@Nullable Leased<Asked>> leaseAsked(UnitOfWork unit, String id, Duration lease) {
        return unit.rows("""
                        update asked_watch set lease_until = clock_timestamp() + ?3 * interval '1 millisecond',
                               fence = fence + 1
                        where tenant = ?1 and id = ?2 and (lease_until is null or lease_until <= clock_timestamp())
                        returning headers, payload, fence, clock_timestamp()
                        """, unit.tenant(), id, lease.toMillis())
                .map(rows -> rows.isEmpty() ? null : asked(rows.getFirst()));
    }

    @SuppressWarnings("unchecked")
    private static Leased<Asked> asked(Object[] row) {
        Envelope envelope = KafkaRecords.envelope((Map<String, String>) WireJson.read((String) row[0], Map.class));
        ScheduleRequested.Watch request = WireJson.read((String) row[1], ScheduleRequested.Watch.class);
        return new Leased<>(new Asked(envelope, request), (Long) row[2], (Instant) row[3]);
    }

    @Override
    public Uni<Boolean> answered(UnitOfWork unit, String id, long fence) {
        return unit.execute(
                        "delete from asked_watch where tenant = ?1 and id = ?2 and fence = ?3",
                        unit.tenant(),
                        id,
                        fence)
                .map(rows -> rows == 1);
    }

    private static Watch watch(@Nullable Object[] row) {
        Instant since = (Instant) row[4];
        Health health = switch (String.valueOf(row[3])) {
            case "GOOD" -> new Health.Good();
            case "SUSPECT" -> new Health.Suspect(Objects.requireNonNull(since));
            case "BAD" -> new Health.Bad(Objects.requireNonNull(since));
            case String other -> throw new IllegalStateException("watch " + row[0] + ": health " + other);
        };
        return new Watch(
                String.valueOf(row[0]), (Integer) Objects.requireNonNull(row[1]), (String) row[2], health, (Instant)
                        row[5]);
    }

    private static String word(Health health) {
        return switch (health) {
            case Health.Good _ -> "GOOD";
            case Health.Suspect _ -> "SUSPECT";
            case Health.Bad _ -> "BAD";
        };
    }

    private static @Nullable Instant since(Health health) {
        return switch (health) {
            case Health.Good _ -> null;
            case Health.Suspect(var from) -> from;
            case Health.Bad(var from) -> from;
        };
    }
}
