package ai.chela.launcher;

/** What a command's exit code tells a script. */
public final class ExitCode {
    public static final int OK = 0;
    /** The command line was wrong; picocli uses the same number. */
    public static final int USAGE = 2;

    public static final int FAILED = 3;
    /** No final answer within the time given. The message stays accepted: its answer comes later. */
    public static final int TIME_OUT = 4;
    /** The answer is a question: somebody must approve or deny. */
    public static final int AWAITING_APPROVAL = 5;

    private ExitCode() {}
}
