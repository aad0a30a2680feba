package ai.chela.contracts.approval;

import ai.chela.contracts.Check;
import java.time.Instant;

/**
 * A person's decision by the API or a button; the envelope's principal is who decided. The agent checks that this person
 * may, that the approval is open, and answers in the conversation.
 */
public record ApprovalDecided(String code, boolean approved, String via, Instant at) {
    public ApprovalDecided {
        Check.text("code", code, 40);
        Check.text("via", via, 50);
        Check.present("at", at);
    }
}
