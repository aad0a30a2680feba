package ai.chela.memory.db;

import ai.chela.memory.crypto.MasterKeyException;
import ai.chela.memory.keys.KeyHolders;
import ai.chela.memory.keys.KeyRing;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;

/** Stops the start when none of the master keys is the one that a stored key was wrapped with. */
@ApplicationScoped
class MasterKeyCheck {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KeyHolders holders;
    private final KeyRing ring;

    MasterKeyCheck(KeyHolders holders, KeyRing ring) {
        this.holders = holders;
        this.ring = ring;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        Map<String, Long> wrapped = holders.wrapped().await().atMost(LIMIT);
        long locked = wrapped.entrySet().stream()
                .filter(entry -> !ring.ids().contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (locked > 0)
            throw new MasterKeyException(
                    "CHELA_MASTER_KEY is not the key that the memories in this database were encrypted"
                            + " with (tenants: " + locked + "; id of the given key: " + String.join(", ", ring.ids())
                            + "). Put the former key back where CHELA_MASTER_KEY points to.");
    }
}
