package ai.chela.agent.reply;

/** English; the parts say what. */
final class EnglishPhrases
        implements Phrases,
                EnglishTurns,
                EnglishWork,
                EnglishApprovals,
                EnglishMemory,
                EnglishSchedules,
                EnglishCommands {
    static final EnglishPhrases INSTANCE = new EnglishPhrases();

    private EnglishPhrases() {}
}
