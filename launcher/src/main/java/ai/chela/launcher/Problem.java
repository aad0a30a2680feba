package ai.chela.launcher;

/** Something that a person must know or do; its message is shown as it stands, without a stack trace. */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    /** A failure (exit code {@link ExitCode#FAILED}). */
    public Problem(String message) {
        this(ExitCode.FAILED, message);
    }

    public Problem(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    public Problem(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = ExitCode.FAILED;
    }

    /** Why something failed, in one line; the kind of failure where it carries no message. */
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    public int exitCode() {
        return exitCode;
    }
}
