package ai.chela.gateway.approval;

import ai.chela.contracts.Principal;
import ai.chela.gateway.config.GatewayConfig;
import ai.chela.gateway.conversation.ConversationId;
import ai.chela.gateway.conversation.EventStreams;
import ai.chela.gateway.conversation.EventType;
import ai.chela.gateway.conversation.Frame;
import ai.chela.gateway.identity.Person;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Approvals that a reply speaks of before they are stored: the reply and the notice of the approval travel on two topics,
 * and a client that has read the reply may ask at once.
 */
@ApplicationScoped
public class Mentioned {
    /**
     * @param last number of the conversation's last event at the moment at which the approval was not there yet
     */
    private record Mention(ConversationId conversation, String code, long last) {}

    private final Transactions transactions;
    private final EventStreams streams;
    private final GatewayConfig config;
    private final String tenant;

    public Mentioned(
            Transactions transactions,
            EventStreams streams,
            GatewayConfig config,
            @ConfigProperty(name = "chela.tenant") String tenant) {
        this.transactions = transactions;
        this.streams = streams;
        this.config = config;
        this.tenant = tenant;
    }

    /**
     * Waits until approvals that this person has just been told of are stored; at once when there is nothing to wait for.
     *
     * @param code of the approval; empty for all that she may decide
     * @return false when one was still not there after the time that is configured
     */
    Uni<Boolean> stored(Person person, String code) {
        return mentions(person, code).chain(mentions -> {
            if (mentions.isEmpty()) return Uni.createFrom().item(true);
            return Uni.join()
                    .all(mentions.stream().map(this::arrival).toList())
                    .andFailFast()
                    .replaceWith(true)
                    .ifNoItem()
                    .after(config.approvalWait())
                    .fail()
                    .onFailure(TimeoutException.class)
                    .recoverWithItem(false);
        });
    }

    private Uni<Frame> arrival(Mention mention) {
        return streams.open(mention.conversation(), mention.last())
                .filter(frame -> frame instanceof Frame.Stored(var event)
                        && event.kind() == EventType.APPROVAL
                        && mention.code().equals(event.approval()))
                .toUni();
    }

    /**
     * Of the last minute for a list: what has not come by then needs more than waiting. For one code as long as an approval
     * lives: a reply that was held up tells of one that is still on its way.
     */
    private Uni<List<Mention>> mentions(Person person, String code) {
        Origin origin = Origin.first(tenant, Principal.person(person.id()), null);
        return transactions.run(
                "approvals.mentioned",
                origin,
                unit -> unit.rows("""
                        select e.conversation, e.approval, c.last_event
                        from event e join conversation c on c.tenant = e.tenant and c.id = e.conversation
                        where e.tenant = ?1 and e.type = 'reply' and e.approval is not null
                          and e.at > now() - case when ?2 = '' then interval '1 minute' else interval '15 minutes' end
                          and (?2 = '' or e.approval = ?2)
                          and (?3 or c.owner = ?4)
                          and not exists (select 1 from approval a where a.tenant = e.tenant and a.code = e.approval)
                        limit 20""", unit.tenant(), code, person.owner(), person.id())
                        .map(rows -> rows.stream().map(Mentioned::mention).toList()));
    }

    private static Mention mention(Object[] row) {
        return new Mention(ConversationId.parse((String) row[0]), (String) row[1], ((Number) row[2]).longValue());
    }
}
