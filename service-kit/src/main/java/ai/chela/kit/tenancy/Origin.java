package ai.chela.kit.tenancy;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Why something is done: for which tenant, by whom, where, after which event. What a transaction publishes carries it on.
 *
 * @param conversation null where there is none
 * @param turn null where there is none
 * @param cause id of the event that is being handled, null for a first cause
 * @param traceparent W3C trace context of the cause, null starts a new trace
 */
public record Origin(
        String tenant,
        Principal principal,
        @Nullable String conversation,
        @Nullable String turn,
        @Nullable String cause,
        @Nullable String traceparent) {
    public static Origin of(Envelope envelope) {
        return new Origin(
                envelope.tenant(),
                envelope.principal(),
                envelope.conversation(),
                envelope.turn(),
                envelope.id(),
                envelope.traceparent());
    }

    /** A first cause: a person's request that arrives at an edge, or the service's own doing. */
    public static Origin first(String tenant, Principal principal, @Nullable String conversation) {
        return new Origin(tenant, principal, conversation, null, null, null);
    }

    public Origin withTurn(String newTurn) {
        return new Origin(tenant, principal, conversation, newTurn, cause, traceparent);
    }

    public Origin withConversation(@Nullable String newConversation) {
        return new Origin(tenant, principal, newConversation, turn, cause, traceparent);
    }

    public Origin withPrincipal(Principal newPrincipal) {
        return new Origin(tenant, newPrincipal, conversation, turn, cause, traceparent);
    }

    public Origin withTrace(@Nullable String newTraceparent) {
        return new Origin(tenant, principal, conversation, turn, cause, newTraceparent);
    }
}
