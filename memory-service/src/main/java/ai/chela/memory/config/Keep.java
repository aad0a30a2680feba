package ai.chela.memory.config;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * How long something is kept. Written {@code forever}, or as a duration such as {@code 730D}.
 *
 * @param limit at least one day; empty: forever
 */
public record Keep(Optional<Duration> limit) {
    /** Reads it from the configuration. */
    public static final class Reader implements Converter<Keep> {
        private static final long serialVersionUID = 1L;

        @Override
        public Keep convert(String text) {
            return of(text);
        }
    }

    private static final Duration LEAST = Duration.ofDays(1);

    public Keep {
        if (limit.isPresent() && limit.get().compareTo(LEAST) < 0)
            throw new IllegalArgumentException("allowed are forever, and at least 1D");
    }

    /**
     * Reads one value of the configuration.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    public static Keep of(String text) {
        if (text.strip().equalsIgnoreCase("forever")) return new Keep(Optional.empty());
        Duration read;
        try {
            read = DurationConverter.parseDuration(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text.strip() + "\" is neither forever nor a duration such as 730D", e);
        }
        return new Keep(Optional.of(read));
    }
}
