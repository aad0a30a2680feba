package ai.chela.memory.embedding;

import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps introductions in {@code CHELA_HOME/embedding}, a file for each model: so a model is known at the next start before
 * it was asked. They hold nothing of anybody's and can be deleted while the service is down; a model is then asked again.
 */
final class Introductions {
    private static final Logger LOG = Logger.getLogger(Introductions.class);
    private static final long MOST_BYTES = 1L << 20;

    private final Path folder;

    Introductions(Path home) {
        this.folder = home.resolve("embedding");
    }

    /**
     * @param key letters, digits, dots and dashes
     * @return null where there is none, or none that can be used, which is logged
     */
    @Nullable
    Introduction known(String key) {
        Path file = folder.resolve(key + ".json");
        try {
            if (!Files.isRegularFile(file)) return null;
            if (Files.size(file) > MOST_BYTES) throw new IOException("larger than " + MOST_BYTES + " bytes");
            Introduction read = WireJson.read(Files.readAllBytes(file), Introduction.class);
            if (read.holdsFor(key)) return read;
            throw new IOException("it is not of this model");
        } catch (IOException | MalformedRecordException e) {
            LOG.warnf("event=embedding.introduction outcome=unusable file=%s problem=\"%s\"", file, e.getMessage());
            return null;
        }
    }

    /** Written beside and moved into place: there is the whole file or none. */
    void keep(Introduction introduction) throws IOException {
        Files.createDirectories(folder);
        Path beside = folder.resolve(introduction.model() + ".new");
        Files.write(beside, WireJson.bytes(introduction));
        Files.move(
                beside,
                folder.resolve(introduction.model() + ".json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    void forget(String key) throws IOException {
        Files.deleteIfExists(folder.resolve(key + ".json"));
    }
}
