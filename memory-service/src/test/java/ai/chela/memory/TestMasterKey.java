package ai.chela.memory;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** A master key in a file, as an operator would have it. */
public final class TestMasterKey implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            Path file = Files.createTempFile("chela-master", ".key");
            Files.writeString(file, Base64.getEncoder().encodeToString(new byte[32]) + "\n");
            return Map.of("chela.master-key", "file:" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
