package ai.chela.toolrunner.kafka;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.tool.ToolDeclared;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.wire.Ids;
import ai.chela.toolrunner.sandbox.SandboxProbe;
import ai.chela.toolrunner.tool.ToolBox;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Tells the other services at start which tools there are, on {@code chela.tool.declared.v1}. Ready once it has. */
@Readiness
@ApplicationScoped
public class ToolDeclarations implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(ToolDeclarations.class);

    private final ToolBox box;
    private final SandboxProbe.Found sandbox;
    private final DirectSender sender;
    private final Origin origin;
    private volatile boolean declared;

    public ToolDeclarations(
            ToolBox box,
            SandboxProbe.Found sandbox,
            DirectSender sender,
            @ConfigProperty(name = "chela.tenant") String tenant) {
        this.box = box;
        this.sandbox = sandbox;
        this.sender = sender;
        this.origin = Origin.first(tenant, Principal.service("tool-runner"), null);
    }

    void declare(@Observes StartupEvent event) {
        Multi.createFrom()
                .iterable(box.declarations())
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .collect()
                .asList()
                .subscribe()
                .with(sent -> {
                    declared = true;
                    LOG.infof(
                            "tools.declared count=%d sandbox=%s",
                            sent.size(), sandbox.level().shown());
                });
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("tools declared")
                .status(declared)
                .withData("sandbox", sandbox.level().shown())
                .withData("reason", reason())
                .build();
    }

    private String reason() {
        return switch (sandbox) {
            case SandboxProbe.Found.Ready ready -> ready.less().orElse("");
            case SandboxProbe.Found.Missing missing -> missing.why().en();
        };
    }

    /** Kafka may come later than this service. */
    private Uni<Void> send(ToolDeclared tool) {
        return Uni.createFrom()
                .deferred(() -> sender.send(Topic.TOOL_DECLARED, origin, Ids.random(), "tool:" + tool.name(), tool))
                .onFailure()
                .invoke(failure -> LOG.warnf("tools.not-declared tool=%s reason=%s", tool.name(), failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely();
    }
}
