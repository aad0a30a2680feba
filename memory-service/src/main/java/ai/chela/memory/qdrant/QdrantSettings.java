package ai.chela.memory.qdrant;

import ai.chela.kit.file.Secret;
import ai.chela.kit.file.TrustedFile;
import ai.chela.memory.config.MemorySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Qdrant, checked.
 *
 * @param trusted null for what Java trusts
 * @param base folder that a relative path of the secret starts from
 * @param beginning of the names of collections
 */
record QdrantSettings(
        String host,
        int port,
        boolean tls,
        TrustManager @Nullable [] trusted,
        @Nullable Secret key,
        Path base,
        String beginning,
        Duration search,
        Duration write) {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * @throws QdrantConfigException naming the key
     */
    static QdrantSettings of(MemorySettings.Qdrant given, Path base) {
        if (!given.host().matches("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|[0-9A-Fa-f:]{2,60}"))
            throw new QdrantConfigException("host", "is no host name and no IP address");
        if (given.port() < 1 || given.port() > 65_535)
            throw new QdrantConfigException("port", given.port() + " is not allowed; allowed: 1 to 65535");
        if (!given.collection().matches("[A-Za-z0-9][A-Za-z0-9_-]{0,99}"))
            throw new QdrantConfigException("collection", "is not 1 to 100 letters, digits, _ and -");
        return new QdrantSettings(
                given.host(),
                given.port(),
                given.tls(),
                given.caFile().map(file -> trusted(base, file)).orElse(null),
                given.apiKey().map(QdrantSettings::secret).orElse(null),
                base,
                given.collection(),
                time("search-timeout", given.searchTimeout()),
                time("write-timeout", given.writeTimeout()));
    }

    private static TrustManager[] trusted(Path base, String file) {
        try {
            return TrustedFile.managers(base.resolve(file));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new QdrantConfigException("ca-file", file + " is no PEM file of certificates: " + e.getMessage());
        }
    }

    private static Secret secret(String reference) {
        if (reference.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}") || reference.startsWith("file:"))
            return new Secret(reference);
        throw new QdrantConfigException(
                "api-key", "a secret is written as ${ENVIRONMENT_VARIABLE} or file:PATH, never as itself");
    }

    private static Duration time(String key, Duration value) {
        if (value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0) return value;
        throw new QdrantConfigException(key, value + " is not allowed; allowed: 50ms to 10m");
    }
}
