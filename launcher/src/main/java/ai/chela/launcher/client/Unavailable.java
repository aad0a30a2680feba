package ai.chela.launcher.client;

import ai.chela.launcher.Problem;

/** The gateway does not answer, or says that it cannot accept anything now: what may pass by itself. */
public final class Unavailable extends Problem {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
