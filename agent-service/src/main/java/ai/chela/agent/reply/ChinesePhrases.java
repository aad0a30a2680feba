package ai.chela.agent.reply;

/** Simplified Chinese. */
final class ChinesePhrases
        implements Phrases,
                ChineseTurns,
                ChineseWork,
                ChineseApprovals,
                ChineseMemory,
                ChineseSchedules,
                ChineseCommands {
    static final ChinesePhrases INSTANCE = new ChinesePhrases();

    private ChinesePhrases() {}
}
