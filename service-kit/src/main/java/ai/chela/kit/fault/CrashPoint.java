package ai.chela.kit.fault;

import java.util.Locale;

/**
 * The moments around which a crash could lose or double something: just before and just after each commit and each effect
 * outside. The service that has such a moment calls {@link CrashPoints#reach} there.
 */
public enum CrashPoint {
    INBOX_COMMIT_BEFORE,
    INBOX_COMMIT_AFTER,
    LEASE_BEFORE,
    LEASE_AFTER,
    JOURNAL_WRITE_BEFORE,
    JOURNAL_WRITE_AFTER,
    MODEL_CALL_BEFORE,
    MODEL_CALL_AFTER,
    TOOL_REQUEST_BEFORE,
    TOOL_REQUEST_AFTER,
    TOOL_EFFECT_BEFORE,
    TOOL_EFFECT_AFTER,
    TOOL_RESULT_BEFORE,
    TOOL_RESULT_AFTER,
    REPLY_COMMIT_BEFORE,
    REPLY_COMMIT_AFTER,
    CHANNEL_SEND_BEFORE,
    CHANNEL_SEND_AFTER,
    SEND_RECORD_BEFORE,
    SEND_RECORD_AFTER,
    TRIGGER_CLAIM_BEFORE,
    TRIGGER_CLAIM_AFTER,
    PUBLISH_BEFORE,
    PUBLISH_AFTER;

    /** As its file in the folder is called, for example {@code inbox.commit.before}. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
