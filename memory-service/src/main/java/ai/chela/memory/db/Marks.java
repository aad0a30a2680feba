package ai.chela.memory.db;

import ai.chela.memory.crypto.Aes;
import ai.chela.memory.fact.Gist;
import ai.chela.memory.fact.Sentence;
import ai.chela.memory.fact.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a memory is recognised by without being opened: HMACs under its scope's key.
 *
 * @param fingerprint the same for the same sentence
 * @param gist the same for sentences that say the same
 * @param subject the same for sentences that give a value to the same thing; null for one that gives none
 */
record Marks(byte[] fingerprint, byte[] gist, byte @Nullable [] subject) {
    static Marks of(byte[] scopeKey, String text, String speaker) {
        Statement statement = Statement.of(text, speaker);
        return new Marks(
                fingerprint(scopeKey, text),
                Aes.fingerprint(scopeKey, "gist " + Gist.of(text)),
                statement == null ? null : subject(scopeKey, statement));
    }

    static byte[] fingerprint(byte[] scopeKey, String text) {
        return Aes.fingerprint(scopeKey, Sentence.normalized(text));
    }

    static byte[] subject(byte[] scopeKey, Statement statement) {
        return Aes.fingerprint(scopeKey, "subject " + statement.key());
    }

    @Override
    public String toString() {
        return "Marks[]";
    }
}
