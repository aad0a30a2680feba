package ai.chela.gateway.api;

import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.schedule.TriggerView;
import ai.chela.gateway.view.Views;
import ai.chela.kit.wire.WireJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What other services keep for a person. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class ViewResource {
    private final Views views;

    public ViewResource(Views views) {
        this.views = views;
    }

    /** Triggers; {@code total} may be more than are shown. */
    @RegisterForReflection // no method names it as what it returns
    public record Triggers(List<TriggerView> triggers, long total) {}

    /** Memories; {@code total} may be more than are shown. */
    @RegisterForReflection // no method names it as what it returns
    public record Memories(List<RecalledFact> memories, long total) {}

    @GET
    @Path("/triggers")
    @Operation(summary = "What will happen by itself for you")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Triggers.class)))
    @APIResponse(responseCode = "504", description = "scheduler-service did not answer in time")
    public Uni<Response> triggers(@Context SecurityContext security) {
        return shown(views.triggers(Callers.of(security)).map(view -> new Triggers(view.triggers(), view.total())));
    }

    @GET
    @Path("/memories")
    @Operation(summary = "What is remembered for you")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Memories.class)))
    @APIResponse(responseCode = "504", description = "memory-service did not answer in time")
    public Uni<Response> memories(@Context SecurityContext security) {
        return shown(views.memories(Callers.of(security)).map(view -> new Memories(view.facts(), view.total())));
    }

    /** Written as messages are, so that durations and times look alike everywhere. */
    private static Uni<Response> shown(Uni<?> view) {
        return view.map(body -> Response.ok(WireJson.bytes(body))
                        .type(MediaType.APPLICATION_JSON)
                        .build())
                .onFailure(Views.SilentException.class)
                .transform(silent -> new ProblemException(
                        504,
                        "no-answer",
                        "Another service did not answer",
                        silent.getMessage() + " Try again; see ./chela status.",
                        null));
    }
}
