package ai.chela.contracts.tool;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** What became of a {@link ToolRequested}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ToolCompleted.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = ToolCompleted.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = ToolCompleted.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = ToolCompleted.Unknown.class, name = "unknown")
})
public sealed interface ToolCompleted {
    /** The call's id. */
    String callId();

    /** For people, in the language that was asked for. */
    String text();

    /** From taking the call up to its end, in milliseconds. */
    long millis();

    /**
     * It ran to its end. A command that exits with another code than 0 has run, too.
     *
     * @param data the same as {@code text} in a form for programs and models
     */
    record Succeeded(String callId, String text, Map<String, Object> data, long millis) implements ToolCompleted {
        public Succeeded {
            Check.text("callId", callId, 200);
            Check.present("text", text);
            data = Check.map(data);
        }
    }

    /** It ran and failed, or was stopped at its deadline or limit. {@code code} is stable, e.g. {@code tool.timeout}. */
    record Failed(String callId, String code, String text, long millis) implements ToolCompleted {
        public Failed {
            Check.text("callId", callId, 200);
            Check.text("code", code, 100);
            Check.present("text", text);
        }
    }

    /** It was not run: unknown tool, wrong arguments, no sandbox. {@code code} is stable, e.g. {@code sandbox.missing}. */
    record Refused(String callId, String code, String text, long millis) implements ToolCompleted {
        public Refused {
            Check.text("callId", callId, 200);
            Check.text("code", code, 100);
            Check.present("text", text);
        }
    }

    /** The runner died during the call, which is not safe to repeat: it may or may not have had its effect. */
    record Unknown(String callId, String text, long millis) implements ToolCompleted {
        public Unknown {
            Check.text("callId", callId, 200);
            Check.present("text", text);
        }
    }
}
