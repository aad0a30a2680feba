package ai.chela.kit.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A credential by reference: {@code ${NAME}} from the environment or {@code file:PATH}. It is read at the moment of the
 * call, never printed, and a literal secret in a configuration file is refused.
 */
public record Secret(String reference) {
    /**
     * @throws ConfigProblem when it is neither form
     */
    public static Secret of(YamlNode node) {
        String text = node.text();
        if (!text.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}") && !text.startsWith("file:"))
            throw node.problem("a secret is written as ${ENVIRONMENT_VARIABLE} or file:PATH, never as itself");
        return new Secret(text);
    }

    /**
     * Reads it now; surrounding white space of a file is dropped.
     *
     * @param base folder that a relative path starts from
     * @throws IOException when the variable is not set or the file cannot be read; the message names which, never the value
     */
    public String resolve(Path base) throws IOException {
        if (reference.startsWith("file:")) {
            return Files.readString(base.resolve(reference.substring("file:".length())))
                    .strip();
        }
        String name = reference.substring(2, reference.length() - 1);
        String value = System.getenv(name);
        if (value == null || value.isBlank()) throw new IOException("environment variable " + name + " is not set");
        return value;
    }
}
