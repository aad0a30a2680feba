package ai.chela.toolrunner.tool;

import ai.chela.contracts.tool.ToolDeclared.Effect;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Something that Chela can do. Implementations are safe for use by several threads at once and keep no state between
 * calls.
 */
public interface Tool {

    /** What is declared of it, the same for as long as the process lives. */
    Declaration declaration();

    /** Why it cannot run on this installation, empty when it can. */
    default Optional<Unavailable> unavailable() {
        return Optional.empty();
    }

    /**
     * Runs it on the calling thread. It should look at {@link ToolContext#deadline()} where it may take long; a caller
     * interrupts it at the deadline.
     *
     * @param args checked against the declaration's schema
     * @return what it came to, expected failures included
     */
    ToolResult run(Arguments args, ToolContext context) throws InterruptedException;

    /**
     * What a tool declares.
     *
     * @param name e.g. {@code host.disk}, unique
     * @param version changes whenever the behaviour does: approvals bind it
     * @param description one or two English sentences, for a model and for people
     * @param schema JSON Schema of the arguments: an object, in the subset that {@link SchemaCheck} reads
     * @param effect the strongest thing that it can do
     * @param repeatable whether running it twice is the same as once; decides what follows a crash
     * @param limits how long and how much
     */
    record Declaration(
            String name,
            String version,
            String description,
            Map<String, Object> schema,
            Effect effect,
            boolean repeatable,
            Limits limits) {
        public Declaration {
            schema = Map.copyOf(schema);
            SchemaCheck.requireReadable(name, schema);
        }
    }

    /**
     * Why a tool cannot run here.
     *
     * @param code stable, e.g. {@code sandbox.missing}
     * @param why what is missing and what to do about it
     */
    record Unavailable(String code, Said why) {}

    /**
     * @param deadline the longest that one call may take
     * @param outputBytes the longest text of a result in UTF-8; what is longer is cut, and said so
     */
    record Limits(Duration deadline, int outputBytes) {}
}
