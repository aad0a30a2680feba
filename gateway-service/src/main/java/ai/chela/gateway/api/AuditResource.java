package ai.chela.gateway.api;

import ai.chela.gateway.audit.AuditSink;
import ai.chela.gateway.audit.DeadLetters;
import ai.chela.gateway.config.GatewayConfig;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** For owners: what was done, and what could not be handled. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private final AuditSink audit;
    private final DeadLetters deadLetters;
    private final GatewayConfig config;

    public AuditResource(AuditSink audit, DeadLetters deadLetters, GatewayConfig config) {
        this.audit = audit;
        this.deadLetters = deadLetters;
        this.config = config;
    }

    /** Dead letters, newest first. */
    public record Letters(List<DeadLetters.Shown> deadLetters) {}

    @GET
    @Path("/audit")
    @Operation(summary = "Audit entries after a number, for owners")
    public Uni<AuditSink.Page> audit(@QueryParam("after") @Nullable String after, @Context SecurityContext security) {
        String reader = Callers.owner(security).id();
        return audit.after(reader, ConversationResource.number("after", after))
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail();
    }

    @GET
    @Path("/dead-letters")
    @Operation(summary = "Records that a service could not handle, newest first, for owners")
    public Uni<Letters> deadLetters(@Context SecurityContext security) {
        return deadLetters
                .newest(Callers.owner(security).id())
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail()
                .map(Letters::new);
    }
}
