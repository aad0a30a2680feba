package ai.chela.contracts.tool;

import ai.chela.contracts.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the runners offer. The record's key is {@code tenant/tool:<name>}.
 *
 * @param name e.g. {@code host.disk}
 * @param version changes whenever the tool's behaviour does; approvals bind it
 * @param description one or two sentences for a model and for people
 * @param schema JSON Schema of the arguments, an object
 * @param effect what it can do
 * @param repeatable whether running it twice is the same as once
 * @param unavailable why it would be refused on this installation now, null when it can run
 */
public record ToolDeclared(
        String name,
        String version,
        String description,
        Map<String, Object> schema,
        Effect effect,
        boolean repeatable,
        @Nullable String unavailable) {
    public ToolDeclared {
        Check.text("name", name, 100);
        Check.text("version", version, 100);
        Check.text("description", description, 2_000);
        Check.present("effect", effect);
        schema = Check.map(schema);
    }

    /** The strongest thing that a tool can do. */
    public enum Effect {
        READ,
        WRITE,
        IRREVERSIBLE
    }
}
