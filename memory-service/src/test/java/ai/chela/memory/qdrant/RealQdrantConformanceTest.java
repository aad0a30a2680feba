package ai.chela.memory.qdrant;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.config.TestSettings;
import ai.chela.memory.index.FixedModels;
import ai.chela.memory.index.History;
import ai.chela.memory.index.IndexException;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.MemoryIndexConformance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The index against a real server, where there is one; {@code ./chela test} says where there was none. */
class RealQdrantConformanceTest extends MemoryIndexConformance {
    private static final String BASE = "chela-test-" + Ids.random();
    private static final History HISTORY = new History("0123456789ab", List.of());
    private static final Duration TO_START = Duration.ofSeconds(60);

    private static @Nullable RealQdrant server;
    private static @Nullable QdrantIndex index;
    private static @Nullable QdrantSettings settings;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        Optional<RealQdrant> found = RealQdrant.find();
        if (found.isEmpty()) return;
        server = found.orElseThrow();
        Map<String, String> all = new HashMap<>(server.settings());
        all.put("chela.memory.qdrant.collection", BASE);
        settings = QdrantSettings.of(TestSettings.of(all).qdrant(), Path.of(""));
        for (long end = System.nanoTime() + TO_START.toNanos(); index == null; ) {
            QdrantIndex tried =
                    new QdrantIndex(settings, HISTORY, new FixedModels(), Clock.systemUTC(), new SimpleMeterRegistry());
            try {
                done(tried.places());
                index = tried;
            } catch (CompletionException e) {
                tried.close();
                if (!(e.getCause() instanceof IndexException) || System.nanoTime() > end) throw e;
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }

    /** Before each, for a class that is left out leaves no trace in the report. */
    @BeforeEach
    void there() {
        Assumptions.assumeTrue(index != null, "NOT RUN: " + RealQdrant.NEEDED);
    }

    @AfterAll
    static void close() throws InterruptedException {
        if (index != null && settings != null) {
            try (QdrantCalls calls = new QdrantCalls(settings, Clock.systemUTC(), new SimpleMeterRegistry())) {
                String alias = Names.alias(BASE, HISTORY.id());
                done(new CarryOver(calls, alias).drop(Names.collection(alias)));
            }
            index.close();
        }
        if (server != null) server.close();
    }

    @Override
    protected MemoryIndex index() {
        return Objects.requireNonNull(index);
    }
}
