package ai.chela.gateway.approval;

import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.approval.ApprovalDecided;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.gateway.conversation.ConversationId;
import ai.chela.gateway.conversation.Replies;
import ai.chela.gateway.db.Columns;
import ai.chela.gateway.identity.Person;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps what the agent tells of approvals, shows them, and passes decisions on; the agent checks and answers. */
@ApplicationScoped
public class Approvals implements Inbox.Handler<ApprovalNotice> {
    /** What became of a decision. */
    public sealed interface Decision {
        /** It is on its way to the agent, which answers in the conversation. */
        record Passed() implements Decision {}

        /** There is none of that code that this person may see. */
        record Unknown() implements Decision {}

        /** A reply asks for it, and it has not arrived here yet. */
        record Late() implements Decision {}

        /** It is no longer open. */
        record Closed(String state) implements Decision {}
    }

    private final Transactions transactions;
    private final Replies replies;
    private final Mentioned mentioned;
    private final String tenant;

    public Approvals(
            Transactions transactions,
            Replies replies,
            Mentioned mentioned,
            @ConfigProperty(name = "chela.tenant") String tenant) {
        this.transactions = transactions;
        this.replies = replies;
        this.mentioned = mentioned;
        this.tenant = tenant;
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<ApprovalNotice> received) {
        return replies.approval(unit, received).chain(() -> switch (received.payload()) {
            case ApprovalNotice.Asked asked ->
                store(unit, String.valueOf(received.envelope().conversation()), asked);
            case ApprovalNotice.Closed closed -> close(unit, closed);
        });
    }

    private static Uni<Void> store(UnitOfWork unit, String conversation, ApprovalNotice.Asked asked) {
        return unit.execute(
                        """
                        insert into approval (tenant, code, hash, conversation, operation, args, rule, requester,
                            asked_at, expires_at, state)
                        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'open') on conflict do nothing""",
                        unit.tenant(),
                        asked.code(),
                        asked.hash(),
                        conversation,
                        asked.operation(),
                        WireJson.text(asked.args()),
                        asked.rule(),
                        asked.requester(),
                        asked.askedAt(),
                        asked.expiresAt())
                .replaceWithVoid();
    }

    private static Uni<Void> close(UnitOfWork unit, ApprovalNotice.Closed closed) {
        return unit.execute(
                        """
                        update approval set state = ?3, decided_by = coalesce(?4, decided_by), closed_at = ?5
                        where tenant = ?1 and code = ?2 and state in ('open', 'decided')""",
                        unit.tenant(),
                        closed.code(),
                        closed.outcome().name().toLowerCase(Locale.ROOT),
                        closed.by(),
                        closed.at())
                .replaceWithVoid();
    }

    /**
     * Those that wait: a person's own, all of them for an owner; oldest first, at most 200. One that she was told of just
     * now is waited for.
     */
    public Uni<List<Approval>> open(Person person) {
        return mentioned.stored(person, "").chain(() -> listed(person));
    }

    private Uni<List<Approval>> listed(Person person) {
        Origin origin = Origin.first(tenant, Principal.person(person.id()), null);
        return transactions.run(
                "approvals.read",
                origin,
                unit -> unit.rows("""
                        select code, operation, args, rule, requester, conversation, asked_at, expires_at from approval
                        where tenant = ?1 and state = 'open' and expires_at > now() and (?2 or requester = ?3)
                        order by asked_at limit 200""", unit.tenant(), person.owner(), person.id())
                        .map(rows -> rows.stream().map(Approvals::approval).toList()));
    }

    @SuppressWarnings("unchecked")
    private static Approval approval(Object[] row) {
        return new Approval(
                (String) row[0],
                (String) row[1],
                (Map<String, Object>) WireJson.read((String) row[2], Map.class),
                (String) row[3],
                (String) row[4],
                ConversationId.parse((String) row[5]).name(),
                Columns.time(row[6]),
                Columns.time(row[7]));
    }

    /** Passes a decision on, once. An approval that a reply asked for just now is waited for. */
    public Uni<Decision> decide(Person person, String code, boolean approve) {
        return decideStored(person, code, approve)
                .chain(decision -> decision instanceof Decision.Unknown
                        ? mentioned
                                .stored(person, code)
                                .chain(stored -> stored
                                        ? decideStored(person, code, approve)
                                        : Uni.createFrom().item(new Decision.Late()))
                        : Uni.createFrom().item(decision));
    }

    private Uni<Decision> decideStored(Person person, String code, boolean approve) {
        Origin origin = Origin.first(tenant, Principal.person(person.id()), null);
        return transactions.run(
                "approval.decide",
                origin,
                unit -> unit.rows("""
                        select hash, conversation, case when state = 'open' and expires_at <= now() then 'expired'
                            else state end
                        from approval where tenant = ?1 and code = ?2 and (?3 or requester = ?4)
                        order by asked_at desc limit 1 for update""", unit.tenant(), code, person.owner(), person.id())
                        .chain(rows -> {
                            if (rows.isEmpty()) return Uni.createFrom().item(new Decision.Unknown());
                            Object[] row = rows.getFirst();
                            String state = (String) row[2];
                            if (!state.equals("open")) return Uni.createFrom().item(new Decision.Closed(state));
                            return pass(unit, person, code, (String) row[0], (String) row[1], approve);
                        }));
    }

    private static Uni<Decision> pass(
            UnitOfWork unit, Person person, String code, String hash, String conversation, boolean approve) {
        unit.audit("approval.decided", code, approve ? "approved" : "denied", null);
        Origin there = unit.origin().withConversation(conversation);
        return unit.execute("""
                        update approval set state = 'decided', decided_by = ?4
                        where tenant = ?1 and code = ?2 and hash = ?3""", unit.tenant(), code, hash, person.id())
                .chain(() -> unit.publish(
                        Topic.APPROVAL_DECIDED,
                        Ids.derive(hash, "decided", code),
                        new ApprovalDecided(code, approve, "api", Instant.now()),
                        there))
                .replaceWith(new Decision.Passed());
    }
}
