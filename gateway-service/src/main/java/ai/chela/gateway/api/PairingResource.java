package ai.chela.gateway.api;

import ai.chela.gateway.channel.Outbound;
import ai.chela.gateway.config.GatewayConfig;
import ai.chela.gateway.identity.Pairings;
import ai.chela.gateway.identity.Person;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** For owners: confirms whose an unknown chat address is. */
@Path("/api/v1/pairings/{code}")
@Produces(MediaType.APPLICATION_JSON)
public class PairingResource {
    private static final int MAX_BODY = 1_024;

    private final Pairings pairings;
    private final Outbound outbound;
    private final GatewayConfig config;

    public PairingResource(Pairings pairings, Outbound outbound, GatewayConfig config) {
        this.pairings = pairings;
        this.outbound = outbound;
        this.config = config;
    }

    /** Whose it is. */
    public record PairedPerson(
            @Schema(description = "id of a known person; without it a new person is made") @Nullable
            String person) {}

    /** An address and its person. */
    public record Linked(String person, String channel, String address) {}

    @POST
    @Operation(summary = "Confirm a pairing code that a chat address was given")
    @RequestBody(required = false, content = @Content(schema = @Schema(implementation = PairedPerson.class)))
    public Uni<Linked> confirm(
            @PathParam("code") String code, byte @Nullable [] body, @Context SecurityContext security) {
        Person owner = Callers.owner(security);
        String person = body == null || body.length == 0
                ? null
                : JsonBody.read(body, MAX_BODY).only("person").optionalText("person");
        return pairings.confirm(owner, code, person, this::tell)
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail()
                .map(outcome -> switch (outcome) {
                    case Pairings.Confirmed.Linked(var id, var channel, var address) ->
                        new Linked(id, channel, address);
                    case Pairings.Confirmed.NoSuchCode() ->
                        throw ProblemException.notFound("No address was given the code " + code + ".");
                    case Pairings.Confirmed.NoSuchPerson(var id) ->
                        throw ProblemException.notFound("Nobody has the id \"" + id + "\"; see people.yaml.");
                    case Pairings.Confirmed.Over(var why) ->
                        throw ProblemException.conflict(
                                "The code " + why + ". A message from the address gets a new one.");
                });
    }

    private Uni<Void> tell(UnitOfWork unit, String channel, String address, Person person) {
        String text = "You are connected as " + person.name() + ". Say something, or /help." + "\n已连接，你的身份是 "
                + person.name() + "。请直接发消息，或输入 /help。";
        return outbound.store(unit, channel, address, Ids.random(), text);
    }
}
