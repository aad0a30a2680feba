package ai.chela.scheduler.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The settings of scheduler-service. */
@ConfigMapping(prefix = "chela.scheduler")
public interface SchedulerConfig {
    /** How many active triggers, watches included, a person may have. */
    @WithDefault("10000")
    long activePerPerson();

    /** How many triggers one instance fires at once. */
    @WithDefault("8")
    int firesAtOnce();

    /** How many watched addresses one instance asks at once. */
    @WithDefault("16")
    int checksAtOnce();

    /** Every listener of this installation as {@code host:port}: no watch may ask them. */
    Optional<List<String>> ownAddresses();
}
