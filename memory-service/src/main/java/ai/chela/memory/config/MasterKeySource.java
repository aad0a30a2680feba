package ai.chela.memory.config;

import ai.chela.memory.crypto.MasterKey;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;

/** Reads the master key once, from where {@code CHELA_MASTER_KEY} says. */
@Singleton
class MasterKeySource {
    /** The raw value is read, so that {@code ${NAME}} stays a reference and is not replaced by what it names. */
    @Produces
    @Singleton
    MasterKey masterKey(Config config) {
        return MasterKey.load(config.getConfigValue("chela.master-key").getRawValue(), Path.of(""));
    }
}
