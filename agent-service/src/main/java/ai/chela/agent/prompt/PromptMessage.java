package ai.chela.agent.prompt;

import java.util.List;

/** One message to a model, free of any library. */
public sealed interface PromptMessage {
    record System(String text) implements PromptMessage {}

    record User(String text) implements PromptMessage {}

    record Assistant(String text, List<ToolCall> calls) implements PromptMessage {}

    record ToolResult(String callId, String operation, String text) implements PromptMessage {}

    /** A tool call that the model made earlier; {@code arguments} is JSON. */
    record ToolCall(String callId, String operation, String arguments) {}
}
