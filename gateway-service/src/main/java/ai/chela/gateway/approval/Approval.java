package ai.chela.gateway.approval;

import java.time.Instant;
import java.util.Map;

/**
 * An approval that waits.
 *
 * @param conversation its name, as its owner calls it
 * @param rule the policy rule that asks
 * @param requester id of the person on whose behalf it would be done
 */
public record Approval(
        String code,
        String operation,
        Map<String, Object> args,
        String rule,
        String requester,
        String conversation,
        Instant askedAt,
        Instant expiresAt) {}
