package ai.chela.toolrunner.builtin;

/** A calculation was stopped because a number in it is too large to go on with. */
final class UnboundedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnboundedException(String message) {
        super(message);
    }
}
