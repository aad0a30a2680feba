package ai.chela.kit.environment;

import java.util.List;

/** The environment is wrong. The message is one line, names each variable, and holds no secret. */
public final class EnvironmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param problems at least one */
    EnvironmentException(List<String> problems) {
        super("The environment is wrong: " + String.join(". ", problems) + ".", null, false, false);
    }
}
