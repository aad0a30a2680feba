package ai.chela.launcher.client;

import ai.chela.launcher.Problem;

/** The person has sent more messages a second than one may; it passes by itself. */
public final class TooMany extends Problem {
    private static final long serialVersionUID = 1L;

    TooMany(String message) {
        super(message);
    }
}
