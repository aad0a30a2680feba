package ai.chela.contracts.approval;

import ai.chela.contracts.Check;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The life of an approval, as the agent tells it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ApprovalNotice.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = ApprovalNotice.Closed.class, name = "closed")
})
public sealed interface ApprovalNotice {
    /** Short, for people to type, e.g. {@code k7m2}; unique among the tenant's open approvals. */
    String code();

    /**
     * @param operation what would be done
     * @param args with which arguments, exactly
     * @param hash of operation, version, arguments and turn: what the approval binds, SHA-256 in hex
     * @param rule the policy rule that asks
     * @param requester id of the person at the root of the request
     */
    record Asked(
            String code,
            String operation,
            Map<String, Object> args,
            String hash,
            String rule,
            String requester,
            Instant askedAt,
            Instant expiresAt)
            implements ApprovalNotice {
        public Asked {
            Check.text("code", code, 40);
            Check.text("operation", operation, 100);
            Check.text("hash", hash, 64);
            Check.text("rule", rule, 500);
            Check.text("requester", requester, 100);
            Check.present("askedAt", askedAt);
            Check.present("expiresAt", expiresAt);
            args = Check.map(args);
        }
    }

    /** It is no longer open. {@code by} is the person who decided, null when it expired or was stopped. */
    record Closed(String code, Outcome outcome, @Nullable String by, Instant at) implements ApprovalNotice {
        public Closed {
            Check.text("code", code, 40);
            Check.present("outcome", outcome);
            Check.present("at", at);
        }
    }

    enum Outcome {
        APPROVED,
        DENIED,
        EXPIRED,
        STOPPED
    }
}
