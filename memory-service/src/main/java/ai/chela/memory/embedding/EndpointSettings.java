package ai.chela.memory.embedding;

import ai.chela.kit.file.Secret;
import ai.chela.kit.file.TrustedFile;
import ai.chela.memory.config.MemorySettings.EmbeddingEndpoint;
import ai.chela.memory.embedding.Embedder.Purpose;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an endpoint, checked.
 *
 * @param key the name of the model: another one for another address, model or prefix
 * @param base folder that relative paths start from
 */
record EndpointSettings(
        String key,
        URI address,
        String model,
        @Nullable Secret secret,
        Path base,
        @Nullable SSLContext trusted,
        int batch,
        Duration factTimeout,
        Duration questionTimeout,
        int characters,
        Prefixes prefixes) {

    private static final String GROUP = "embedding-endpoint.";

    /**
     * @throws EmbeddingConfigException naming the key
     */
    static EndpointSettings of(EmbeddingEndpoint given, Path base) {
        String baseUrl = required("base-url", given.baseUrl());
        String model = required("model", given.model());
        Prefixes prefixes = Prefixes.of(given.questionPrefix(), given.factPrefix());
        URI address = address(baseUrl);
        return new EndpointSettings(
                ModelKey.of(
                        "endpoint",
                        model,
                        ModelKey.digest(address.toString(), model, prefixes.question(), prefixes.fact())),
                address,
                model,
                given.apiKey().map(EndpointSettings::secret).orElse(null),
                base,
                given.caFile().map(file -> trusted(base, file)).orElse(null),
                (int) between("batch", given.batch(), 1, Embedder.MOST_TEXTS),
                time("timeout", given.timeout(), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                time("question-timeout", given.questionTimeout(), Duration.ofMillis(10), Duration.ofSeconds(30)),
                (int) between("characters", given.characters(), 200, 100_000),
                prefixes);
    }

    private static String required(String key, Optional<String> value) {
        return value.filter(it -> !it.isBlank())
                .orElseThrow(() -> new EmbeddingConfigException(
                        GROUP + key, "is not set; chela.memory.embedding is endpoint, which needs it"));
    }

    private static URI address(String baseUrl) {
        try {
            URI base = URI.create(baseUrl.strip().replaceAll("/+$", ""));
            boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
            if (web && base.getHost() != null && base.getQuery() == null && base.getUserInfo() == null)
                return URI.create(base + "/embeddings");
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new EmbeddingConfigException(
                GROUP + "base-url",
                "is no http or https address without user and query, e.g. http://127.0.0.1:11434/v1");
    }

    private static Secret secret(String reference) {
        if (reference.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}") || reference.startsWith("file:"))
            return new Secret(reference);
        throw new EmbeddingConfigException(
                GROUP + "api-key", "a secret is written as ${ENVIRONMENT_VARIABLE} or file:PATH, never as itself");
    }

    private static SSLContext trusted(Path base, String file) {
        try {
            return TrustedFile.context(base.resolve(file));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new EmbeddingConfigException(
                    GROUP + "ca-file", file + " is no PEM file of certificates: " + e.getMessage());
        }
    }

    private static long between(String key, long value, long least, long most) {
        if (value >= least && value <= most) return value;
        throw new EmbeddingConfigException(GROUP + key, value + " is not allowed; allowed: " + least + " to " + most);
    }

    private static Duration time(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) return value;
        throw new EmbeddingConfigException(
                GROUP + key,
                value + " is not allowed; allowed: " + least.toMillis() + "ms to " + most.toSeconds() + "s");
    }

    EndpointCalls calls(Clock clock) {
        return new EndpointCalls(address, model, secret, base, trusted, clock);
    }

    Duration limit(Purpose purpose) {
        return switch (purpose) {
            case QUESTION -> questionTimeout;
            case FACT -> factTimeout;
        };
    }

    /** As they are sent: with what the model wants before them, and not longer than is wanted. */
    List<String> cut(Purpose purpose, List<String> texts) {
        return prefixes.before(purpose, texts).stream()
                // a server may refuse an empty text, and it means nothing either way
                .map(text -> text.isBlank() ? "-" : first(text, characters))
                .toList();
    }

    /** Not between the two halves of a character. */
    static String first(String text, int characters) {
        if (text.length() <= characters) return text;
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return text.substring(0, end);
    }
}
