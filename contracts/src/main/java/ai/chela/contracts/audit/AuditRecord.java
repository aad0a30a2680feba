package ai.chela.contracts.audit;

import ai.chela.contracts.Check;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit entries of one transaction. The envelope says who, on whose behalf, where and why. */
public record AuditRecord(List<Entry> entries) {
    public AuditRecord {
        entries = Check.list("entries", entries);
        if (entries.isEmpty()) throw new IllegalArgumentException("entries: empty");
    }

    /**
     * One thing that was done. Never content: digests are salted SHA-256.
     *
     * @param action what, e.g. {@code message.accepted}, {@code tool.called}, {@code memory.forgotten}
     * @param subject on what: an id, a tool's name, a configuration key
     * @param outcome {@code ok}, {@code denied}, {@code failed}, ...
     * @param digest of the content, null where there is none
     */
    public record Entry(
            String action,
            String subject,
            String outcome,
            @Nullable String digest,
            Instant at) {
        public Entry {
            Check.text("action", action, 100);
            Check.text("subject", subject, 300);
            Check.text("outcome", outcome, 100);
            Check.present("at", at);
        }
    }
}
