package ai.chela.gateway.conversation;

import ai.chela.contracts.turn.MessageReceived.ContextMessage;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.gateway.identity.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that a channel hands in; its parts are checked already ({@link MessageText}).
 *
 * @param channel {@code http}, {@code openai}, {@code xmpp}
 * @param messageId the platform's own id, unique within the conversation
 * @param context earlier messages that the client sent along
 * @param laterArrives where what comes later will be seen; null when in the same place
 * @param traceparent the caller's W3C trace context, null for none
 */
public record Incoming(
        Person person,
        ConversationId conversation,
        String channel,
        String messageId,
        String text,
        Mode mode,
        List<ContextMessage> context,
        @Nullable String laterArrives,
        @Nullable String traceparent) {
    public Incoming {
        context = List.copyOf(context);
    }
}
