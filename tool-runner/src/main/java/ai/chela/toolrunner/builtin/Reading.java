package ai.chela.toolrunner.builtin;

import ai.chela.contracts.tool.ToolDeclared.Effect;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import java.time.Duration;

/** Declares tools that change nothing, so may be repeated, and answer within moments. */
final class Reading {
    private static final Tool.Limits LIMITS = new Tool.Limits(Duration.ofSeconds(5), 16 << 10);

    private Reading() {}

    static Tool.Declaration declared(String name, String version, String description, Schema schema) {
        return new Tool.Declaration(name, version, description, schema.build(), Effect.READ, true, LIMITS);
    }
}
