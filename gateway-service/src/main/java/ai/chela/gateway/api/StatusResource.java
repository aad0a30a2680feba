package ai.chela.gateway.api;

import ai.chela.gateway.identity.Person;
import ai.chela.gateway.status.Status;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who is asking, and how things are. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
    private final Status status;

    public StatusResource(Status status) {
        this.status = status;
    }

    /** The caller. */
    public record Me(String id, String name, String zone, String language, boolean owner) {}

    @GET
    @Path("/me")
    @Operation(summary = "Who the token belongs to")
    public Me me(@Context SecurityContext security) {
        Person person = Callers.of(security);
        return new Me(person.id(), person.name(), person.zone(), person.language(), person.owner());
    }

    @GET
    @Path("/status")
    @Operation(summary = "What runs, and what is wrong")
    public Uni<Status.Report> status() {
        return status.report();
    }
}
