package ai.chela.memory.recall;

import ai.chela.kit.tenancy.Transactions;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.index.EmbeddedIndex;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.concurrent.Executors;

/** Recall as another process has it: an index and decrypted facts of its own over the same database. */
@ApplicationScoped
public class AnotherInstance {
    private final Transactions transactions;
    private final Changes changes;
    private final Meanings meanings;
    private final Embedder embedder;
    private final MemorySettings settings;
    private final OffLoop offLoop;

    AnotherInstance(
            Transactions transactions,
            Changes changes,
            Meanings meanings,
            Embedder embedder,
            MemorySettings settings,
            OffLoop offLoop) {
        this.transactions = transactions;
        this.changes = changes;
        this.meanings = meanings;
        this.embedder = embedder;
        this.settings = settings;
        this.offLoop = offLoop;
    }

    public RecallFlow instance() {
        try {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            EmbeddedIndex index = new EmbeddedIndex(
                    Files.createTempDirectory("chela-instance"),
                    embedder,
                    Executors.newVirtualThreadPerTaskExecutor(),
                    Clock.systemUTC());
            PreparedFacts prepared = new PreparedFacts(settings, meters);
            CatchUp catchUp = new CatchUp(transactions, changes, index, prepared, offLoop);
            return new RecallFlow(transactions, changes, catchUp, index, prepared, meanings, offLoop, settings, meters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
