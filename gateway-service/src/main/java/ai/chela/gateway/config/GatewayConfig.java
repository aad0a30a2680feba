package ai.chela.gateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The gateway's own settings; what people configure is in {@code people.yaml} and {@code channels.yaml}. */
@ConfigMapping(prefix = "chela.gateway")
public interface GatewayConfig {
    /** File with the owner's bearer token. Without it only people with a token of their own can call. */
    Optional<Path> tokenFile();

    /** How many messages a second a person may send for long. */
    @WithDefault("100")
    double messagesPerSecond();

    /** How many messages a person may send at once after a pause. */
    @WithDefault("500")
    int messageBurst();

    /** How long another service may take to answer a view. */
    @WithDefault("3s")
    Duration viewTimeout();

    /** How long an OpenAI-compatible call waits for its answer. */
    @WithDefault("5m")
    Duration answerTimeout();

    /** How often an idle stream says that it is alive. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long a request waits for an approval that a reply speaks of and that is not stored yet. */
    @WithDefault("3s")
    Duration approvalWait();

    /** How long a request waits for the database before it is told to come again. */
    @WithDefault("4s")
    Duration databaseTimeout();
}
