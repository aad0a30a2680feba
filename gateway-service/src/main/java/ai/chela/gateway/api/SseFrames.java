package ai.chela.gateway.api;

import ai.chela.contracts.turn.ReplyPartial;
import ai.chela.gateway.conversation.Frame;
import ai.chela.gateway.conversation.StoredEvent;
import ai.chela.kit.wire.WireJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** Frames as server-sent events. */
final class SseFrames {
    private static final ObjectMapper MAPPER = WireJson.mapper();

    private final Sse sse;

    SseFrames(Sse sse) {
        this.sse = sse;
    }

    OutboundSseEvent event(Frame frame) {
        return switch (frame) {
            case Frame.Stored(StoredEvent event) ->
                data(event.type(), event).id(Long.toString(event.number())).build();
            case Frame.Partial(ReplyPartial partial) -> data("partial", partial).build();
            case Frame.Heartbeat() -> sse.newEventBuilder().comment("alive").build();
        };
    }

    private OutboundSseEvent.Builder data(String name, Object value) {
        try {
            return sse.newEventBuilder().name(name).data(String.class, MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that cannot be written as JSON", e);
        }
    }
}
