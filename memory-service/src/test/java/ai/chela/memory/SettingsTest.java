package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.config.EmbeddingSource;
import ai.chela.memory.config.Keep;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.config.Pooling;
import ai.chela.memory.config.TestSettings;
import io.smallrye.config.ConfigValidationException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void the_defaults_are_as_documented() {
        MemorySettings settings = settings(Map.of());
        assertEquals(100_000, settings.quota());
        assertEquals(0.68, settings.threshold());
        assertEquals(Duration.ofDays(42), settings.halfLife());
        assertEquals(48L << 20, settings.cache().asLongValue());
        assertEquals(Duration.ofMinutes(10), settings.cacheIdle());
        assertEquals(EmbeddingSource.IN_PROCESS, settings.embedding());
        assertEquals(0.95, settings.decay());
        assertEquals(LocalTime.of(3, 30), settings.review().at());
        assertEquals("system", settings.review().zone());
        assertEquals(16, settings.embeddingEndpoint().batch());
        assertEquals(Duration.ofSeconds(30), settings.embeddingEndpoint().timeout());
        assertEquals(Duration.ofMillis(500), settings.embeddingEndpoint().questionTimeout());
        assertEquals(4_000, settings.embeddingEndpoint().characters());
        assertEquals(Pooling.MEAN, settings.embeddingFile().pooling());
        assertEquals(Keep.of("forever"), settings.retention().person());
        assertEquals(Keep.of("forever"), settings.retention().tenant());
    }

    @Test
    void the_names_are_as_documented() {
        MemorySettings settings = settings(Map.ofEntries(
                Map.entry("chela.memory.quota", "7"),
                Map.entry("chela.memory.threshold", "0.9"),
                Map.entry("chela.memory.half-life", "7D"),
                Map.entry("chela.memory.cache", "1M"),
                Map.entry("chela.memory.cache-idle", "30S"),
                Map.entry("chela.memory.embedding", "off"),
                Map.entry("chela.memory.embedding-endpoint.base-url", "http://127.0.0.1:11434/v1"),
                Map.entry("chela.memory.embedding-endpoint.model", "bge-m3"),
                Map.entry("chela.memory.embedding-file.model", "/models/one.onnx"),
                Map.entry("chela.memory.embedding-file.pooling", "cls"),
                Map.entry("chela.memory.retention.person", "365D"),
                Map.entry("chela.memory.retention.tenant", "P730D"),
                Map.entry("chela.memory.decay", "0.9"),
                Map.entry("chela.memory.review.at", "02:15"),
                Map.entry("chela.memory.review.zone", "Asia/Shanghai")));
        assertEquals(7, settings.quota());
        assertEquals(0.9, settings.threshold());
        assertEquals(Duration.ofDays(7), settings.halfLife());
        assertEquals(1L << 20, settings.cache().asLongValue());
        assertEquals(Duration.ofSeconds(30), settings.cacheIdle());
        assertEquals(EmbeddingSource.OFF, settings.embedding());
        assertEquals(0.9, settings.decay());
        assertEquals(LocalTime.of(2, 15), settings.review().at());
        assertEquals("Asia/Shanghai", settings.review().zone());
        assertEquals(
                "http://127.0.0.1:11434/v1",
                settings.embeddingEndpoint().baseUrl().orElseThrow());
        assertEquals("bge-m3", settings.embeddingEndpoint().model().orElseThrow());
        assertEquals("/models/one.onnx", settings.embeddingFile().model().orElseThrow());
        assertEquals(Pooling.CLS, settings.embeddingFile().pooling());
        assertEquals(Keep.of("365D"), settings.retention().person());
        assertEquals(Keep.of("730D"), settings.retention().tenant());
    }

    @Test
    void an_embedding_that_there_is_not_is_refused_and_the_allowed_ones_are_named() {
        var refused = assertThrows(
                ConfigValidationException.class, () -> settings(Map.of("chela.memory.embedding", "magic")));
        assertTrue(String.valueOf(refused.getMessage()).contains("chela.memory.embedding"), refused::getMessage);
        assertTrue(String.valueOf(refused.getMessage()).contains("in-process"), refused::getMessage);
    }

    @Test
    void a_retention_that_is_no_time_or_less_than_a_day_is_refused() {
        for (String wrong : new String[] {"a while", "1H", "-3D"}) {
            var refused = assertThrows(
                    RuntimeException.class, () -> settings(Map.of("chela.memory.retention.person", wrong)));
            assertTrue(String.valueOf(refused.getMessage()).contains("forever"), refused::getMessage);
        }
    }

    private static MemorySettings settings(Map<String, String> values) {
        return TestSettings.of(values);
    }
}
