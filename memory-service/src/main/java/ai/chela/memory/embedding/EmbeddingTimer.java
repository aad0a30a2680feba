package ai.chela.memory.embedding;

import ai.chela.memory.embedding.Embedder.Purpose;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/** What is measured of an embedder, whichever it is. */
final class EmbeddingTimer {
    private EmbeddingTimer() {}

    /** Of a call to an endpoint as well as of a run in this process. */
    static Timer of(Purpose purpose, MeterRegistry meters) {
        return Timer.builder("chela.embedding")
                .description("computing the vector of one text, waiting aside")
                .tag("purpose", purpose.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
