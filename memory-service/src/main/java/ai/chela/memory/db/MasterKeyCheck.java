package ai.chela.memory.db;

import ai.chela.memory.crypto.MasterKey;
import ai.chela.memory.crypto.MasterKeyException;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Stops the start when the master key is not the one that the stored keys were wrapped with. */
@ApplicationScoped
class MasterKeyCheck {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Pool queue;
    private final MasterKey master;

    MasterKeyCheck(@ReactiveDataSource("queue") Pool queue, MasterKey master) {
        this.queue = queue;
        this.master = master;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        long locked = queue.preparedQuery("select count(*) from tenant_key where master_id <> $1")
                .execute(Tuple.of(master.id()))
                .map(rows -> rows.iterator().next().getLong(0))
                .await()
                .atMost(LIMIT);
        if (locked > 0)
            throw new MasterKeyException(
                    "CHELA_MASTER_KEY is not the key that the memories in this database were encrypted"
                            + " with (tenants: " + locked + "; id of the given key: " + master.id()
                            + "). Put the former key back where CHELA_MASTER_KEY points to.");
    }
}
