package ai.chela.agent.model;

import ai.chela.agent.turn.TurnEvent.ModelAnswered.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a model call. */
public sealed interface ModelAnswer {
    /** Tokens are as the endpoint reports them, null when it does not. */
    record Said(
            String text,
            List<ToolCall> calls,
            @Nullable Integer inputTokens,
            @Nullable Integer outputTokens) implements ModelAnswer {}

    /**
     * It did not work.
     *
     * @param code {@code model.unreachable}, {@code model.timeout}, {@code model.rate-limited}, {@code
     *     model.unauthorized}, {@code model.not-found}, {@code model.configuration}, {@code model.too-long}, {@code
     *     model.failed}
     * @param detail what the endpoint said, without secrets, at most 300 characters
     */
    record Failed(String code, String detail) implements ModelAnswer {}
}
