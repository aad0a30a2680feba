package ai.chela.kit.log;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;

/** Turns the console into JSON lines, unless {@code chela.log.json} is false. */
@ApplicationScoped
public class JsonLogging {
    private final boolean json;
    private final String service;
    private final String instance;

    public JsonLogging(
            @ConfigProperty(name = "chela.log.json") boolean json,
            @ConfigProperty(name = "chela.service") String service,
            @ConfigProperty(name = "chela.instance") String instance) {
        this.json = json;
        this.service = service;
        this.instance = instance;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        if (!json) return;
        JsonLogFormatter formatter = new JsonLogFormatter(service, instance);
        for (Handler handler : LogContext.getLogContext().getLogger("").getHandlers()) apply(handler, formatter);
    }

    private static void apply(Handler handler, JsonLogFormatter formatter) {
        handler.setFormatter(formatter);
        if (handler instanceof ExtHandler ext) for (Handler child : ext.getHandlers()) apply(child, formatter);
    }
}
