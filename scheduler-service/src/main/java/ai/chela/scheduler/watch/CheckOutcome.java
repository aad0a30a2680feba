package ai.chela.scheduler.watch;

/** What came of asking an address once. */
public sealed interface CheckOutcome {
    /** It answered; {@code status} is that of the last redirect that was followed. */
    record Answered(int status) implements CheckOutcome {}

    record Unanswered(Problem problem) implements CheckOutcome {}
}
