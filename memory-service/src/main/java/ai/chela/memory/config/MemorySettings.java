package ai.chela.memory.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator may set. Every key is also an environment variable: {@code CHELA_MEMORY_QUOTA} and so on. */
@ConfigMapping(prefix = "chela.memory")
public interface MemorySettings {
    /** How many memories, earlier versions included, one person may have stored. */
    @WithDefault("100000")
    long quota();

    /** The score, from 0 to 1, from which on the best memory counts as the answer; below it Chela says it does not know. */
    @WithDefault("0.68")
    double threshold();

    /** How much decrypted memory, by estimate, may be kept in memory for recall; the least recently used scopes go first. */
    @WithDefault("48M")
    MemorySize cache();

    /** After this long without a question the decrypted memories of a scope are dropped. */
    @WithDefault("10M")
    Duration cacheIdle();

    /** Where recall by meaning gets its vectors: {@code in-process} for models in this process, {@code off} for recall by words only. */
    @WithDefault("in-process")
    EmbeddingSource embedding();
}
