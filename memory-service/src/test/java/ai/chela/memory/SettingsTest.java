package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.config.EmbeddingSource;
import ai.chela.memory.config.MemorySettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void the_defaults_are_as_documented() {
        MemorySettings settings = settings(Map.of());
        assertEquals(100_000, settings.quota());
        assertEquals(0.68, settings.threshold());
        assertEquals(48L << 20, settings.cache().asLongValue());
        assertEquals(Duration.ofMinutes(10), settings.cacheIdle());
        assertEquals(EmbeddingSource.IN_PROCESS, settings.embedding());
    }

    @Test
    void the_names_are_as_documented() {
        MemorySettings settings = settings(Map.of(
                "chela.memory.quota", "7",
                "chela.memory.threshold", "0.9",
                "chela.memory.cache", "1M",
                "chela.memory.cache-idle", "30S",
                "chela.memory.embedding", "off"));
        assertEquals(7, settings.quota());
        assertEquals(0.9, settings.threshold());
        assertEquals(1L << 20, settings.cache().asLongValue());
        assertEquals(Duration.ofSeconds(30), settings.cacheIdle());
        assertEquals(EmbeddingSource.OFF, settings.embedding());
    }

    @Test
    void an_embedding_that_there_is_not_is_refused_and_the_allowed_ones_are_named() {
        var refused = assertThrows(
                ConfigValidationException.class, () -> settings(Map.of("chela.memory.embedding", "magic")));
        assertTrue(String.valueOf(refused.getMessage()).contains("chela.memory.embedding"), refused::getMessage);
        assertTrue(String.valueOf(refused.getMessage()).contains("in-process"), refused::getMessage);
    }

    private static MemorySettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(MemorySettings.class)
                .withConverter(
                        io.quarkus.runtime.configuration.MemorySize.class,
                        200,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withSources(new io.smallrye.config.PropertiesConfigSource(values, "test", 500))
                .build()
                .getConfigMapping(MemorySettings.class);
    }
}
