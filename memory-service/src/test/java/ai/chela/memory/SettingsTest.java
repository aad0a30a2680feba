package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.memory.config.MemorySettings;
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
    }

    @Test
    void the_names_are_as_documented() {
        MemorySettings settings = settings(Map.of(
                "chela.memory.quota", "7",
                "chela.memory.threshold", "0.9",
                "chela.memory.cache", "1M",
                "chela.memory.cache-idle", "30S"));
        assertEquals(7, settings.quota());
        assertEquals(0.9, settings.threshold());
        assertEquals(1L << 20, settings.cache().asLongValue());
        assertEquals(Duration.ofSeconds(30), settings.cacheIdle());
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
