package ai.chela.agent.journal;

import ai.chela.agent.turn.TurnInput;
import ai.chela.agent.turn.TurnState;
import ai.chela.kit.tenancy.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A turn as it is stored.
 *
 * @param seq its place in the conversation, from 1
 * @param origin who, where and why
 * @param fence rises with every holder; what an earlier holder brings is thrown away
 * @param explanation how it was planned, for {@code /plan}; null before it has begun and where a model decides
 */
public record TurnRow(
        TurnInput input,
        long seq,
        TurnState state,
        Origin origin,
        long fence,
        @Nullable String explanation) {
    public String id() {
        return input.id();
    }
}
