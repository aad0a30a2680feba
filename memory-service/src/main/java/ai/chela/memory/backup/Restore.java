package ai.chela.memory.backup;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.operator.AuditTrail;
import ai.chela.memory.operator.Database;
import ai.chela.memory.operator.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what a backup holds, in one transaction: all of it or nothing. What is known to be forgotten does not come
 * back, whenever it was forgotten: by what the set says, also of later runs, by what the database says that is restored
 * into, and by the lists given.
 */
public final class Restore {
    /** Length of a history's name. */
    private static final int HISTORY = 12;

    private final Database database;
    private final SetReading reading;
    private final MasterKeys masters;

    private Restore(Database database, SetReading reading, MasterKeys masters) {
        this.database = database;
        this.reading = reading;
        this.masters = masters;
    }

    /**
     * What came back.
     *
     * @param takenAt the moment that the memories are of
     * @param memories versions that are stored now
     * @param forgotten versions that the run held and that did not come back because they were forgotten later
     */
    public record Result(Instant takenAt, long memories, long forgotten) {}

    /**
     * Restores while no instance of the service runs.
     *
     * @param to the last run at or before it; null for the last of all
     * @param replace whether memories that are there may be replaced
     * @param lists of erasures, beside those that the set and the database know
     * @throws Refusal saying what is in the way; nothing was changed then
     */
    public static Result run(
            Database database,
            Path data,
            Path keys,
            MasterKeys masters,
            @Nullable Instant to,
            boolean replace,
            List<Path> lists)
            throws IOException, SQLException {
        SetReading reading = SetReading.of(new BackupSet(data, keys));
        Manifest run = reading.runAt(to);
        reading.open(masters);
        database.migrate();
        return new Restore(database, reading, masters).run(run, replace, ErasureList.read(lists));
    }

    private Result run(Manifest run, boolean replace, List<ErasureList.Entry> listed) throws IOException, SQLException {
        refuseWhileRunning();
        try (Connection worker = database.snapshot()) {
            List<String> tenants = database.tenants();
            Target before = Target.of(worker, tenants);
            if (before.memories() > 0 && !replace)
                throw new Refusal(
                        "There are %d memories in this installation. To put the backup in their place, add --replace.",
                        "该环境中已有 %d 条记忆。若要用备份取代它们，请加 --replace。", before.memories());
            before.clear(worker, tenants);
            List<ErasureList.Entry> known = new ArrayList<>(listed);
            known.addAll(before.erasures());
            Result result = load(worker, run, known, before.furthest());
            worker.commit();
            return result;
        }
    }

    private void refuseWhileRunning() throws SQLException {
        List<String> others = database.queue("select cast(pid as text) from pg_stat_activity"
                + " where usename = current_user and datname = current_database() and pid <> pg_backend_pid()");
        if (!others.isEmpty())
            throw new Refusal(
                    "memory-service is running on this database. Stop it first.", "memory-service 正在使用该数据库。请先停止它。");
    }

    private Result load(
            Connection worker, Manifest run, List<ErasureList.Entry> known, Map<String, Map<String, Long>> numbersThere)
            throws IOException, SQLException {
        Loading loading = new Loading(worker, reading, run, known);
        loading.read();
        Map<String, Map<String, Long>> furthest = new HashMap<>(numbersThere);
        reading.furthest().forEach((tenant, scopes) -> {
            Map<String, Long> merged = new HashMap<>(furthest.getOrDefault(tenant, Map.of()));
            scopes.forEach((scope, change) -> merged.merge(scope, change, Math::max));
            furthest.put(tenant, merged);
        });
        long forgotten = loading.settle(furthest);
        long stored = 0;
        for (String tenant : loading.tenants()) {
            Database.bind(worker, tenant);
            stored += count(worker, tenant);
            beginHistory(worker, tenant);
            markAnew(worker, tenant);
            AuditTrail.note(worker, tenant, "memory.restored", "run " + run.number() + " of " + run.takenAt());
        }
        if (stored != run.stored() - forgotten)
            throw new Refusal(
                    "The backup does not add up: %d memories came of it, %d were expected. Nothing was changed.",
                    "备份数目不符：读出 %d 条记忆，应为 %d 条。未做任何更改。", stored, run.stored() - forgotten);
        beginHistory(worker);
        return new Result(run.takenAt(), stored, forgotten);
    }

    private static long count(Connection worker, String tenant) throws SQLException {
        return Long.parseLong(Tables.strings(worker, """
                        select cast(count(*) as text) from fact f
                        join memory_key k on k.tenant = f.tenant and k.memory = f.id where f.tenant = ?""", tenant).getFirst());
    }

    /**
     * What is derived from this database and kept elsewhere is another one's from now on: indexes in a server are named after the
     * history, and those of the former ones are dropped by their names.
     */
    private void beginHistory(Connection worker) throws SQLException {
        Tables.strings(worker, "update history set active = false where active returning id");
        for (Manifest each : reading.runs()) {
            String former = each.history();
            if (former != null)
                Tables.strings(
                        worker,
                        "insert into history (id, active) values (?, false) on conflict do nothing returning id",
                        former);
        }
        Tables.strings(
                worker,
                "insert into history (id, active) values (?, true) returning id",
                Ids.random().substring(0, HISTORY));
    }

    /** Rows of an earlier run may have marks that were made with a former key of their scope. */
    private static void markAnew(Connection worker, String tenant) throws SQLException {
        Tables.strings(
                worker,
                "insert into key_renewal (tenant, scope, generation) select distinct f.tenant, f.scope, 0 from fact f"
                        + " join scope_key s on s.tenant = f.tenant and s.scope = f.scope"
                        + " where f.tenant = ? and f.marked <> s.generation on conflict do nothing returning scope",
                tenant);
    }

    /** A backup of what is restored now must not go on from numbers that meant something else. */
    private static void beginHistory(Connection worker, String tenant) throws SQLException {
        Tables.strings(
                worker,
                "insert into lineage (tenant, id) values (?, ?) on conflict (tenant) do update"
                        + " set id = excluded.id, begun_at = now() returning id",
                tenant,
                Ids.random());
    }
}
