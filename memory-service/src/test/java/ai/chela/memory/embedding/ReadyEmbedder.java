package ai.chela.memory.embedding;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The models in this process, asked until they are loaded. */
public final class ReadyEmbedder implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final InProcessEmbedder embedder = new InProcessEmbedder(Clock.systemUTC(), new SimpleMeterRegistry());
    private final InProcessEmbedder flooded = new InProcessEmbedder(Clock.systemUTC(), new SimpleMeterRegistry());

    public Embedder embedder() {
        return embedder;
    }

    /** Another one, whose queue may be filled; it is loaded when this returns. */
    Embedder flooded() {
        embed(flooded, Embedder.Purpose.FACT, InProcessModels.of(Script.LATIN), "x");
        return flooded;
    }

    public Embedder.Vector question(String text) {
        return embed(embedder, Embedder.Purpose.QUESTION, InProcessModels.of(Script.of(text)), text);
    }

    public Embedder.Vector fact(String text) {
        return fact(InProcessModels.of(Script.of(text)), text);
    }

    public Embedder.Vector fact(Embedder.Model model, String text) {
        return embed(embedder, Embedder.Purpose.FACT, model, text);
    }

    private static Embedder.Vector embed(
            Embedder embedder, Embedder.Purpose purpose, Embedder.Model model, String text) {
        for (long end = System.nanoTime() + LIMIT.toNanos();
                System.nanoTime() < end;
                LockSupport.parkNanos(2_000_000)) {
            switch (embedder.embed(purpose, model, List.of(text))
                    .toCompletableFuture()
                    .join()) {
                case Embedder.Outcome.Vectors(List<Embedder.Vector> vectors) -> {
                    return vectors.getFirst();
                }
                case Embedder.Outcome.NotNow(Embedder.Reason reason) -> {
                    if (reason != Embedder.Reason.LOADING) throw new AssertionError("no vectors: " + reason);
                }
            }
        }
        throw new AssertionError("no model within " + LIMIT);
    }

    @Override
    public void close() {
        embedder.close();
        flooded.close();
    }
}
