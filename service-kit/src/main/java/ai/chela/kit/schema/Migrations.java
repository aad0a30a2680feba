package ai.chela.kit.schema;

import io.quarkus.flyway.runtime.QuarkusPathLocationScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.api.locations.LocationParser;
import org.flywaydb.core.api.resource.LoadableResource;

/** The migrations in this program. */
final class Migrations {
    private static final int READABLE = 32;

    private Migrations() {}

    /**
     * Changes with the name and the content of every migration: 32 hex digits.
     *
     * @param locations folders of resources
     * @throws IllegalStateException when there is no migration in them
     */
    static String fingerprint(List<String> locations) {
        List<String> files = new QuarkusPathLocationScanner(
                        null,
                        locations.stream().map(LocationParser::parseLocation).toList())
                .scanForResources().stream()
                        .map(LoadableResource::getAbsolutePath)
                        .sorted()
                        .toList();
        if (files.isEmpty()) throw new IllegalStateException("no migration in " + locations);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : files) {
                digest.update(file.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(digestOf(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, READABLE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] digestOf(String file) throws NoSuchAlgorithmException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream content = loader.getResourceAsStream(file)) {
            if (content == null) throw new IllegalStateException("no resource " + file);
            return MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
