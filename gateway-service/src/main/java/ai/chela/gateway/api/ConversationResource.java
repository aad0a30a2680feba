package ai.chela.gateway.api;

import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.gateway.config.GatewayConfig;
import ai.chela.gateway.conversation.ConversationId;
import ai.chela.gateway.conversation.EventStreams;
import ai.chela.gateway.conversation.History;
import ai.chela.gateway.conversation.Incoming;
import ai.chela.gateway.conversation.Intake;
import ai.chela.gateway.conversation.MessageText;
import ai.chela.gateway.identity.Person;
import ai.chela.gateway.ratelimit.RateLimit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Messages of a person's conversations, and what happens in them. */
@Path("/api/v1/conversations/{name}")
@Produces(MediaType.APPLICATION_JSON)
public class ConversationResource {
    private static final int MAX_BODY = 65_536;

    /** W3C Trace Context, version 00. */
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Intake intake;
    private final History history;
    private final EventStreams streams;
    private final GatewayConfig config;
    private final RateLimit rate;

    public ConversationResource(
            Intake intake, History history, EventStreams streams, GatewayConfig config, RateLimit rate) {
        this.intake = intake;
        this.history = history;
        this.streams = streams;
        this.config = config;
        this.rate = rate;
    }

    /** The body of a message. */
    @Schema(name = "Message")
    public record NewMessage(
            @Schema(description = "yours, 1 to 200 visible ASCII characters; the same id is the same message")
            String id,

            @Schema(description = "what is said, at most 65,536 bytes with the rest of the body")
            String text) {}

    /** A message that is owed an answer. */
    @RegisterForReflection // no method names it as what it returns
    public record AcceptedMessage(String id, String conversation, long number) {}

    @POST
    @Path("/messages")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Say something; creates the conversation")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewMessage.class)))
    @APIResponse(
            responseCode = "202",
            description = "stored; its answer comes as an event",
            content = @Content(schema = @Schema(implementation = AcceptedMessage.class)))
    @APIResponse(responseCode = "409", description = "the id was used with another text")
    public Uni<Response> say(
            @PathParam("name") String name,
            byte @Nullable [] body,
            @HeaderParam("traceparent") @Nullable String traceparent,
            @Context SecurityContext security) {
        Person person = Callers.of(security);
        ConversationId conversation = writable(person, name);
        JsonBody message = JsonBody.read(body, MAX_BODY).only("id", "text");
        String id = checked("id", message.text("id"), MessageText::idProblem);
        String text = checked("text", message.text("text"), MessageText::problem);
        spend(rate, person);
        Incoming incoming = new Incoming(
                person, conversation, "http", id, text, Mode.ASSISTANT, List.of(), null, traced(traceparent));
        return intake.accept(incoming)
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail()
                .map(outcome -> switch (outcome) {
                    case Intake.Outcome.Accepted(long number) -> accepted(id, name, number);
                    case Intake.Outcome.Repeated(long number) -> accepted(id, name, number);
                    case Intake.Outcome.Conflicting() ->
                        throw ProblemException.conflict(
                                "The id \"" + id
                                        + "\" was used in this conversation with another text. Use a new id for a new message.");
                });
    }

    @GET
    @Path("/messages")
    @Operation(summary = "What was said after an event number: messages, approvals, replies, failures")
    public Uni<History.Page> read(
            @PathParam("name") String name,
            @QueryParam("after") @Nullable String after,
            @Context SecurityContext security) {
        ConversationId conversation = conversation(Callers.of(security), name);
        return history.after(conversation, number("after", after))
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail()
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("You have no conversation \"" + name + "\"."));
    }

    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Events as they happen: accepted, partial, step, approval, reply, failed; may be opened first")
    public Multi<OutboundSseEvent> events(
            @PathParam("name") String name,
            @QueryParam("after") @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context Sse sse,
            @Context SecurityContext security) {
        ConversationId conversation = conversation(Callers.of(security), name);
        long from = lastEventId != null ? number("Last-Event-ID", lastEventId) : number("after", after);
        SseFrames frames = new SseFrames(sse);
        return history.last(conversation)
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail()
                .onItem()
                .transformToMulti(last -> streams.open(conversation, Math.min(from, last)))
                .map(frames::event);
    }

    private static Response accepted(String id, String name, long number) {
        return Response.accepted(new AcceptedMessage(id, name, number)).build();
    }

    static void spend(RateLimit rate, Person person) {
        Duration wait = rate.take(person.id());
        if (!wait.isZero()) throw ProblemException.tooMany(wait);
    }

    static ConversationId conversation(Person person, String name) {
        if (!ConversationId.isName(name))
            throw ProblemException.badRequest(
                    "The conversation's name is not allowed; allowed: 1 to 200 of A-Z a-z 0-9 . _ : @ -");
        return new ConversationId(person.id(), name);
    }

    /** A name that a person may write to here: not one that belongs to a chat channel. */
    static ConversationId writable(Person person, String name) {
        ConversationId conversation = conversation(person, name);
        if (conversation.channel() != null)
            throw ProblemException.badRequest(
                    "Names that begin with xmpp: belong to chats over XMPP: read them here, write to them there.");
        return conversation;
    }

    static String checked(String field, String value, java.util.function.Function<String, @Nullable String> problemOf) {
        String problem = problemOf.apply(value);
        if (problem != null) throw ProblemException.badRequest("Field \"" + field + "\" " + problem + ".");
        return value;
    }

    static @Nullable String traced(@Nullable String traceparent) {
        return traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : null;
    }

    static long number(String what, @Nullable String value) {
        if (value == null || value.isEmpty()) return 0;
        try {
            long number = Long.parseLong(value);
            if (number >= 0) return number;
        } catch (NumberFormatException _) {
            // said below, together with what is allowed
        }
        throw ProblemException.badRequest(what + " must be the number of an event, from 0.");
    }
}
