package ai.chela.agent.reply;

/** Everything that Chela says by itself, in one language. A new language is one more implementation. */
public sealed interface Phrases
        extends TurnPhrases, WorkPhrases, ApprovalPhrases, MemoryPhrases, SchedulePhrases, CommandPhrases
        permits EnglishPhrases, ChinesePhrases {
    /** Chinese for {@code zh...}, English for everything else. */
    static Phrases in(String language) {
        return language.startsWith("zh") ? ChinesePhrases.INSTANCE : EnglishPhrases.INSTANCE;
    }
}
