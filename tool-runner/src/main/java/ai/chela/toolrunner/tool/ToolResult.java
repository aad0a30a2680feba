package ai.chela.toolrunner.tool;

import java.util.Map;

/** What running a tool came to. Expected failures are values; an exception from a tool is a defect of the tool. */
public sealed interface ToolResult {

    /** For people, in the language of the {@link ToolContext}. */
    String text();

    /**
     * It ran to its end.
     *
     * @param data the same for programs and models: strings, numbers, booleans, lists and maps of them
     */
    record Ok(String text, Map<String, Object> data) implements ToolResult {
        public Ok {
            data = Map.copyOf(data);
        }
    }

    /** It ran and failed, or was stopped. {@code code} is stable, e.g. {@code tool.timeout}. */
    record Failed(String code, String text) implements ToolResult {}

    /** It was not run. {@code code} is stable, e.g. {@code tool.arguments}. */
    record Refused(String code, String text) implements ToolResult {}
}
