package ai.chela.gateway.config;

import ai.chela.gateway.ratelimit.RateLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what is limited by configuration. */
@ApplicationScoped
public class Limits {
    /** One bucket a person, over all channels. */
    @Produces
    @Singleton
    RateLimit messages(GatewayConfig config) {
        return new RateLimit(config.messagesPerSecond(), config.messageBurst());
    }
}
