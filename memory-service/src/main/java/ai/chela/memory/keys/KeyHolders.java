package ai.chela.memory.keys;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which instances run with which master keys, and what the stored keys were wrapped with: ids and times only. */
@ApplicationScoped
public class KeyHolders {
    /** Three rounds are missed before an instance counts as gone. */
    private static final String RUNS = "seen_at > now() - interval '40 seconds'";

    private final Pool queue;
    private final String instance;

    public KeyHolders(
            @ReactiveDataSource("queue") Pool queue, @ConfigProperty(name = "chela.instance") String instance) {
        this.queue = queue;
        this.instance = instance;
    }

    /** This instance runs now, and has these. */
    Uni<Void> note(List<String> ids) {
        return queue.preparedQuery("insert into key_holder (instance, key_ids, seen_at) values ($1, $2, now())"
                        + " on conflict (instance) do update set key_ids = excluded.key_ids, seen_at = now()")
                .execute(Tuple.of(instance, ids.toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** This instance ends now. */
    Uni<Void> leave() {
        return queue.preparedQuery("update key_holder set seen_at = seen_at - interval '1 hour' where instance = $1")
                .execute(Tuple.of(instance))
                .replaceWithVoid();
    }

    /** What each of the other instances has. */
    Uni<List<List<String>>> others() {
        return queue.preparedQuery("select key_ids from key_holder where instance <> $1 and " + RUNS)
                .execute(Tuple.of(instance))
                .map(rows -> {
                    List<List<String>> all = new ArrayList<>();
                    for (Row row : rows) all.add(List.of(row.getArrayOfStrings(0)));
                    return all;
                });
    }

    /** How many tenants' keys each master key wraps, by its id. */
    public Uni<Map<String, Long>> wrapped() {
        return queue.query("select master_id, count(*) from tenant_key group by master_id")
                .execute()
                .map(rows -> {
                    Map<String, Long> all = new HashMap<>();
                    for (Row row : rows) all.put(row.getString(0), row.getLong(1));
                    return Map.copyOf(all);
                });
    }

    Uni<List<String>> wrappedByOthers(String master, String after, int limit) {
        return queue.preparedQuery(
                        "select tenant from tenant_key where master_id <> $1 and tenant > $2 order by tenant limit $3")
                .execute(Tuple.of(master, after, limit))
                .map(KeyHolders::texts);
    }

    private static List<String> texts(RowSet<Row> rows) {
        List<String> all = new ArrayList<>();
        for (Row row : rows) all.add(row.getString(0));
        return all;
    }
}
