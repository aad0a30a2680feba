package ai.chela.scheduler.db;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.schedule.ScheduleRequested;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import ai.chela.scheduler.watch.Watch;
import ai.chela.scheduler.watch.WatchStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Watches and the requests for them. */
@ApplicationScoped
public class SqlWatches implements WatchStore {
    @Override
    public Uni<Void> insert(UnitOfWork unit, Watch watch) {
        return unit.session().persist(WatchRow.of(unit.tenant(), watch));
    }

    @Override
    public Uni<@Nullable Leased<Watch>> lease(UnitOfWork unit, String id, Instant now, Instant until) {
        return unit.entities(WatchRow.class, """
                        select * from watch where tenant = ?1 and id = ?2 and check_at <= ?3
                        and (lease_until is null or lease_until <= ?3) for update skip locked""", unit.tenant(), id, now)
                .map(rows -> rows.isEmpty() ? null : leased(rows.getFirst(), until));
    }

    private static Leased<Watch> leased(WatchRow row, Instant until) {
        row.fence++;
        row.leaseUntil = until;
        return new Leased<>(row.watch(), row.fence);
    }

    @Override
    public Uni<Boolean> finish(UnitOfWork unit, Watch watch, long fence) {
        return locked(unit, watch.id()).map(row -> {
            if (row == null || row.fence != fence) return false;
            row.become(watch);
            row.leaseUntil = null;
            return true;
        });
    }

    @Override
    public Uni<@Nullable Watch> find(UnitOfWork unit, String id) {
        return locked(unit, id).map(row -> row == null ? null : row.watch());
    }

    @Override
    public Uni<Void> overrule(UnitOfWork unit, Watch watch) {
        return locked(unit, watch.id())
                .invoke(row -> {
                    if (row == null) return;
                    row.become(watch);
                    row.fence++;
                    row.leaseUntil = null;
                })
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
    public Uni<@Nullable Leased<Asked>> leaseAsked(UnitOfWork unit, String id, Instant now, Instant until) {
        return unit.rows("""
                        update asked_watch set lease_until = ?4, fence = fence + 1 where tenant = ?1 and id = ?2
                        and (lease_until is null or lease_until <= ?3) returning headers, payload, fence""", unit.tenant(), id, now, until)
                .map(rows -> rows.isEmpty() ? null : asked(rows.getFirst()));
    }

    @SuppressWarnings("unchecked")
    private static Leased<Asked> asked(Object[] row) {
        Envelope envelope = KafkaRecords.envelope((Map<String, String>) WireJson.read((String) row[0], Map.class));
        ScheduleRequested.Watch request = WireJson.read((String) row[1], ScheduleRequested.Watch.class);
        return new Leased<>(new Asked(envelope, request), ((Number) row[2]).longValue());
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

    /** Locks the row; one that this unit has read before is the same object. */
    private static Uni<@Nullable WatchRow> locked(UnitOfWork unit, String id) {
        return unit.entities(
                        WatchRow.class,
                        "select * from watch where tenant = ?1 and id = ?2 for update",
                        unit.tenant(),
                        id)
                .map(List::stream)
                .map(rows -> rows.findFirst().orElse(null));
    }
}
