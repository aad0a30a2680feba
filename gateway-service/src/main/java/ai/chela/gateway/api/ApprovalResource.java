package ai.chela.gateway.api;

import ai.chela.gateway.approval.Approval;
import ai.chela.gateway.approval.Approvals;
import ai.chela.gateway.config.GatewayConfig;
import ai.chela.gateway.identity.Person;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What waits for a person's decision. */
@Path("/api/v1/approvals")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalResource {
    private static final int MAX_BODY = 1_024;

    private final Approvals approvals;
    private final GatewayConfig config;

    public ApprovalResource(Approvals approvals, GatewayConfig config) {
        this.approvals = approvals;
        this.config = config;
    }

    /** The approvals that are open. */
    public record OpenApprovals(List<Approval> approvals) {}

    /** The body of a decision. */
    public record NewDecision(
            @Schema(enumeration = {"approve", "deny"}) String decision) {}

    /** A decision that is on its way. */
    @RegisterForReflection // no method names it as what it returns
    public record PassedOn(String code, String decision) {}

    @GET
    @Operation(summary = "Your open approvals; an owner sees everybody's")
    public Uni<OpenApprovals> open(@Context SecurityContext security) {
        return approvals
                .open(Callers.of(security))
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail()
                .map(OpenApprovals::new);
    }

    @POST
    @Path("/{code}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Decide; what follows is told in the approval's conversation")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewDecision.class)))
    @APIResponse(
            responseCode = "202",
            description = "passed on",
            content = @Content(schema = @Schema(implementation = PassedOn.class)))
    @APIResponse(responseCode = "409", description = "no longer open")
    public Uni<Response> decide(
            @PathParam("code") String code, byte @Nullable [] body, @Context SecurityContext security) {
        Person person = Callers.of(security);
        String decision = JsonBody.read(body, MAX_BODY).only("decision").text("decision");
        boolean approve = switch (decision) {
            case "approve" -> true;
            case "deny" -> false;
            default -> throw ProblemException.badRequest("Field \"decision\" must be approve or deny.");
        };
        String wanted = code.toLowerCase(Locale.ROOT);
        return approvals
                .decide(person, wanted, approve)
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail()
                .map(outcome -> switch (outcome) {
                    case Approvals.Decision.Passed() ->
                        Response.accepted(new PassedOn(wanted, decision)).build();
                    case Approvals.Decision.Unknown() ->
                        throw ProblemException.notFound("No approval of yours has this code.");
                    case Approvals.Decision.Late() ->
                        throw ProblemException.unavailable("The approval " + wanted
                                + " was asked for and has not arrived here yet. Send the same again.");
                    case Approvals.Decision.Closed(var state) ->
                        throw ProblemException.conflict("The approval " + wanted + " is no longer open: " + state
                                + ". Ask for the action again.");
                });
    }
}
