package ai.chela.agent.turn;

import ai.chela.contracts.turn.MessageReceived.ContextMessage;
import ai.chela.contracts.turn.MessageReceived.Mode;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn answers: a message, or the text of a trigger that is to be done. It never changes.
 *
 * @param id the turn's id, computed from the event that caused it
 * @param messageId the message that is answered, null for a trigger
 * @param trigger handle of the trigger, null for a message
 * @param language the person's preference, {@code en} or {@code zh}
 * @param zone the person's time zone
 */
public record TurnInput(
        String id,
        String conversation,
        @Nullable String messageId,
        @Nullable String trigger,
        String channel,
        String text,
        Speaker speaker,
        String language,
        ZoneId zone,
        boolean room,
        Mode mode,
        List<ContextMessage> context,
        @Nullable String laterArrives) {}
