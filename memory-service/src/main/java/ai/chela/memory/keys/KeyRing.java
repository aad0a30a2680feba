package ai.chela.memory.keys;

import ai.chela.memory.crypto.MasterKey;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.crypto.WrongKeyException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The master keys of this instance. They are read again every few seconds, and at once when something turns up that none
 * of them opens, so that a key that is added to the file needs no restart. Thread-safe.
 */
@Singleton
public class KeyRing {
    private static final Logger LOG = Logger.getLogger(KeyRing.class);

    private final Vertx vertx;
    private final Supplier<MasterKeys> source;
    private volatile MasterKeys keys;
    private volatile MasterKey wrapping;

    /** The raw value is read, so that {@code ${NAME}} stays a reference and is not replaced by what it names. */
    @Inject
    KeyRing(Config config, Vertx vertx) {
        this(
                vertx,
                () -> MasterKeys.load(config.getConfigValue("chela.master-key").getRawValue(), Path.of("")));
    }

    /**
     * @param source reads the keys anew; may block
     */
    public KeyRing(Vertx vertx, Supplier<MasterKeys> source) {
        this.vertx = vertx;
        this.source = source;
        this.keys = source.get();
        this.wrapping = keys.first();
    }

    /** Ids of the keys at hand, the wanted one first. */
    public List<String> ids() {
        return keys.ids();
    }

    /** The key that wraps now: not the wanted one while some instance does not have that yet. */
    public MasterKey wrapping() {
        return wrapping;
    }

    /** From now on the key with this id wraps, if it is still at hand. */
    void wrapWith(String id) {
        MasterKey chosen = keys.named(id);
        if (chosen == null || chosen.id().equals(wrapping.id())) return;
        wrapping = chosen;
        LOG.infof("keys.wrapping master=%s", id);
    }

    /**
     * Unwraps, after the keys were read again when the one that is needed is not at hand. Stays on the caller's event loop.
     *
     * @throws WrongKeyException as the failure: none of the keys is the one with that id, or it does not open
     */
    public Uni<byte[]> unwrap(String masterId, String as, byte[] wrapped) {
        MasterKey key = keys.named(masterId);
        if (key != null) return Uni.createFrom().item(() -> key.unwrap(as, wrapped));
        return reload().map(_ -> {
            MasterKey found = keys.named(masterId);
            if (found == null) throw new WrongKeyException(as + " (master key " + masterId + ")", null);
            return found.unwrap(as, wrapped);
        });
    }

    /** Reads the keys again. What cannot be read is logged, and the keys at hand stay. */
    Uni<Void> reload() {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(this::read, false).toCompletionStage())
                .replaceWithVoid();
    }

    private @Nullable Void read() {
        MasterKeys found;
        try {
            found = source.get();
        } catch (RuntimeException e) {
            LOG.warnf("keys.not-read cause=%s", e.getMessage());
            return null;
        }
        if (found.ids().equals(keys.ids())) return null;
        keys = found;
        if (found.named(wrapping.id()) == null) wrapping = found.first();
        LOG.infof("keys.read masters=%s", found.ids());
        return null;
    }
}
