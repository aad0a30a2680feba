package ai.chela.gateway.api;

import ai.chela.gateway.openai.Completion;
import ai.chela.gateway.openai.Piece;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** One streamed completion: a piece is taken when the one before it was written. */
final class OpenAiStream {
    private final RoutingContext http;
    private final HttpServerResponse response;
    private final Completion completion;
    private final boolean includeUsage;
    private final Duration limit;

    OpenAiStream(RoutingContext http, Completion completion, boolean includeUsage, Duration limit) {
        this.http = http;
        this.response = http.response();
        this.completion = completion;
        this.includeUsage = includeUsage;
        this.limit = limit;
    }

    void send(Multi<Piece> pieces) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-cache");
        write(data(completion.opening())).subscribe().with(_ -> {}, OpenAiErrors::gone);
        Cancellable sending = pieces.onItem()
                .transformToUniAndConcatenate(piece -> write(shown(piece)))
                .subscribe()
                .with(_ -> {}, failure -> fail(OpenAiErrors.chunk(failure)), this::end);
        long timer = http.vertx().setTimer(limit.toMillis(), _ -> {
            sending.cancel();
            fail(OpenAiErrors.chunk(
                    OpenAiErrors.late(String.valueOf(response.headers().get("X-Chela-Conversation")))));
        });
        response.closeHandler(_ -> sending.cancel());
        response.endHandler(_ -> http.vertx().cancelTimer(timer));
        http.request().connection().closeHandler(_ -> http.vertx().cancelTimer(timer));
    }

    private String shown(Piece piece) {
        return switch (piece) {
            case Piece.Delta(var text) -> text.isEmpty() ? "" : data(completion.delta(text));
            case Piece.Answer _ ->
                data(completion.closing()) + (includeUsage ? data(completion.usageChunk()) : "") + data("[DONE]");
            case Piece.Failed(var code, var text) -> data(Completion.error(text, "server_error", null, code));
            case Piece.Alive() -> ": alive\n\n";
            case Piece.End() -> "";
        };
    }

    private void end() {
        if (!response.ended()) response.end();
    }

    private void fail(String error) {
        if (!response.ended() && !response.closed()) response.end(data(error));
    }

    private Uni<Void> write(String text) {
        if (text.isEmpty() || response.ended() || response.closed())
            return Uni.createFrom().voidItem();
        return Uni.createFrom().completionStage(() -> response.write(text).toCompletionStage());
    }

    private static String data(String json) {
        return "data: " + json + "\n\n";
    }
}
