package ai.chela.memory.index;

import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.config.NotBuiltInException;
import ai.chela.memory.embedding.Embedder;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Makes the index that the configuration names. It opens nothing before somebody asks. */
@Singleton
class IndexOfChoice {
    private static final Logger LOG = Logger.getLogger(IndexOfChoice.class);

    @Produces
    @Singleton
    MemoryIndex index(
            Embedder embedder, MemorySettings settings, Instance<OwnIndexes> own, Instance<SharedIndexes> shared) {
        if (own.isUnsatisfied()) LOG.info("event=index.built without=\"the embedded index\"");
        return switch (settings.index()) {
            case EMBEDDED -> built(own).open(embedder);
            case QDRANT -> shared.get().open();
        };
    }

    private static OwnIndexes built(Instance<OwnIndexes> own) {
        if (own.isResolvable()) return own.get();
        throw new NotBuiltInException("index", "embedded", "qdrant");
    }

    void close(@Disposes MemoryIndex index) throws Exception {
        if (index instanceof AutoCloseable closeable) closeable.close();
    }
}
