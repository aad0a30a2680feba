package ai.chela.gateway.api;

import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.gateway.config.GatewayConfig;
import ai.chela.gateway.conversation.ConversationId;
import ai.chela.gateway.conversation.Incoming;
import ai.chela.gateway.conversation.Intake;
import ai.chela.gateway.conversation.MessageText;
import ai.chela.gateway.identity.Person;
import ai.chela.gateway.openai.Answering;
import ai.chela.gateway.openai.ChatRequest;
import ai.chela.gateway.openai.Completion;
import ai.chela.gateway.openai.Piece;
import ai.chela.gateway.ratelimit.RateLimit;
import ai.chela.kit.wire.Ids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's endpoints. Routes rather than resources, because one path answers with JSON or with a stream as the body asks.
 */
@ApplicationScoped
public class OpenAiRoutes {
    private static final int MAX_BODY = 4 * 1024 * 1024;
    private static final String CONVERSATION = "X-Chela-Conversation";

    private final Authentication authentication;
    private final Intake intake;
    private final Answering answering;
    private final RateLimit rate;
    private final GatewayConfig config;

    public OpenAiRoutes(
            Authentication authentication, Intake intake, Answering answering, RateLimit rate, GatewayConfig config) {
        this.authentication = authentication;
        this.intake = intake;
        this.answering = answering;
        this.rate = rate;
        this.config = config;
    }

    /** A completion that is under way. */
    private record Call(ChatRequest request, Incoming incoming, Completion completion) {}

    void routes(@Observes Router router) {
        router.route("/v1/*").failureHandler(http -> OpenAiErrors.answer(http, http.failure(), http.statusCode()));
        router.get("/v1/models").handler(http -> {
            authentication.person(http.request().getHeader("Authorization"));
            json(http, Completion.models());
        });
        router.get("/v1/models/:model").handler(this::model);
        router.post("/v1/chat/completions")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(this::complete);
        router.route("/v1/*").handler(http -> {
            throw ProblemException.notFound("There is nothing at this path; see /api/openapi.");
        });
    }

    private void model(RoutingContext http) {
        authentication.person(http.request().getHeader("Authorization"));
        String model = Completion.modelNamed(http.pathParam("model"));
        if (model == null) throw ProblemException.notFound("There is no such model; there are: chela, chela-plain.");
        json(http, model);
    }

    private void complete(RoutingContext http) {
        Person person = authentication.person(http.request().getHeader("Authorization"));
        Buffer body = http.body().buffer();
        ChatRequest request = ChatRequest.read(
                JsonBody.read(body == null ? null : body.getBytes(), MAX_BODY).node());
        ConversationResource.spend(rate, person);
        Call call = call(http, person, request);
        http.response().putHeader(CONVERSATION, call.incoming().conversation().name());
        intake.accept(call.incoming())
                .ifNoItem()
                .after(config.databaseTimeout())
                .fail()
                .subscribe()
                .with(outcome -> accepted(http, call, outcome), failure -> OpenAiErrors.answer(http, failure, 500));
    }

    private static Call call(RoutingContext http, Person person, ChatRequest request) {
        String key = http.request().getHeader("Idempotency-Key");
        if (key != null) ConversationResource.checked("Idempotency-Key", key, MessageText::idProblem);
        String id = key == null ? Ids.random() : key;
        ConversationId conversation = conversation(person, http.request().getHeader(CONVERSATION), id);
        Incoming incoming = new Incoming(
                person,
                conversation,
                "openai",
                id,
                request.text(),
                request.mode(),
                request.context(),
                later(request.mode(), conversation.name()),
                ConversationResource.traced(http.request().getHeader("traceparent")));
        String completionId = "chatcmpl-" + Ids.derive(conversation.wire(), id);
        return new Call(
                request,
                incoming,
                new Completion(completionId, request.model(), Instant.now().getEpochSecond()));
    }

    /** A fresh one per call; the same one for the same key, so that the call can be recognised. */
    private static ConversationId conversation(Person person, @Nullable String header, String id) {
        return header == null || header.isBlank()
                ? new ConversationId(person.id(), "openai-" + Ids.derive(person.id(), id))
                : ConversationResource.writable(person, header.strip());
    }

    private static @Nullable String later(Mode mode, String name) {
        return mode == Mode.PLAIN
                ? null
                : "GET /api/v1/conversations/" + name + "/messages (./chela chat --conversation " + name + ")";
    }

    private void accepted(RoutingContext http, Call call, Intake.Outcome outcome) {
        switch (outcome) {
            case Intake.Outcome.Accepted(long number) -> answer(http, call, number);
            case Intake.Outcome.Repeated(long number) -> answer(http, call, number);
            case Intake.Outcome.Conflicting() ->
                OpenAiErrors.answer(
                        http,
                        ProblemException.conflict("This Idempotency-Key was used with another text. Use a new one."),
                        409);
        }
    }

    private void answer(RoutingContext http, Call call, long number) {
        Incoming incoming = call.incoming();
        Multi<Piece> pieces = answering.pieces(incoming.conversation(), incoming.messageId(), number);
        if (call.request().stream()) {
            new OpenAiStream(http, call.completion(), call.request().includeUsage(), config.answerTimeout())
                    .send(pieces);
            return;
        }
        var waiting = pieces.select()
                .where(piece -> piece instanceof Piece.Answer || piece instanceof Piece.Failed)
                .toUni()
                .ifNoItem()
                .after(config.answerTimeout())
                .fail()
                .onFailure(TimeoutException.class)
                .transform(_ -> OpenAiErrors.late(incoming.conversation().name()))
                .subscribe()
                .with(piece -> finished(http, call, piece), failure -> OpenAiErrors.answer(http, failure, 500));
        http.response().closeHandler(_ -> waiting.cancel());
    }

    private static void finished(RoutingContext http, Call call, Piece piece) {
        switch (piece) {
            case Piece.Answer(var text) -> json(http, call.completion().whole(text));
            case Piece.Failed(var code, var text) -> OpenAiErrors.failed(http, code, text);
            case Piece.Delta _, Piece.Alive _, Piece.End _ ->
                throw new IllegalStateException("only the last piece is waited for");
        }
    }

    private static void json(RoutingContext http, String body) {
        http.response().putHeader("Content-Type", "application/json").end(body);
    }
}
