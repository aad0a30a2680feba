package ai.chela.agent.approval;

import ai.chela.agent.journal.TurnRow;
import ai.chela.agent.planner.Planned;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import ai.chela.agent.turn.OpenApproval;
import ai.chela.agent.turn.TurnState;
import ai.chela.contracts.Topic;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Approvals in the database. */
public final class Approvals {
    private Approvals() {}

    /**
     * An approval.
     *
     * @param state {@code open}, or how it ended
     * @param expiresAt when it is over, decided or not
     */
    public record Approval(
            String code,
            String turn,
            String conversation,
            String operation,
            String requester,
            String state,
            Instant expiresAt) {}

    private static final String COLUMNS = "code, turn, conversation, operation, requester, state, expires_at";

    public static Uni<Void> ask(UnitOfWork unit, TurnRow row, Origin origin, Call call, CallState.Asked asked) {
        Instant now = Instant.now();
        unit.audit("approval.asked", asked.code(), "open", asked.hash());
        return unit.execute(
                        """
                        insert into approval (tenant, code, turn, conversation, operation, hash, rule, requester, state,
                                              asked_at, expires_at)
                        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'open', ?9, ?10)""",
                        unit.tenant(),
                        asked.code(),
                        row.id(),
                        row.input().conversation(),
                        call.operation().name(),
                        asked.hash(),
                        asked.rule(),
                        row.input().speaker().id(),
                        now,
                        asked.expiresAt())
                .chain(() -> unit.publish(
                        Topic.APPROVAL_REQUESTED,
                        Ids.derive(row.id(), "approval", asked.code()),
                        new ApprovalNotice.Asked(
                                asked.code(),
                                call.operation().name(),
                                call.operation().args(),
                                asked.hash(),
                                asked.rule(),
                                row.input().speaker().id(),
                                now,
                                asked.expiresAt()),
                        origin));
    }

    public static Uni<Void> close(
            UnitOfWork unit, Origin origin, String code, ApprovalNotice.Outcome outcome, @Nullable String by) {
        String state = outcome.name().toLowerCase(Locale.ROOT);
        unit.audit("approval.closed", code, state, null);
        return unit.execute(
                        "update approval set state = ?3, decided_by = ?4 where tenant = ?1 and code = ?2"
                                + " and state = 'open'",
                        unit.tenant(),
                        code,
                        state,
                        by)
                .chain(() -> unit.publish(
                        Topic.APPROVAL_REQUESTED,
                        Ids.derive(String.valueOf(origin.turn()), "closed", code),
                        new ApprovalNotice.Closed(code, outcome, by, Instant.now()),
                        origin));
    }

    /** What waits for this person, oldest first. */
    public static Uni<List<Approval>> open(UnitOfWork unit, String requester) {
        return unit.rows(
                        "select " + COLUMNS + " from approval where tenant = ?1 and requester = ?2 and state = 'open'"
                                + " order by asked_at",
                        unit.tenant(),
                        requester)
                .map(rows -> rows.stream().map(Approvals::approval).toList());
    }

    /** What waits for this person now, oldest first, with what it would do; other people's is not listed. */
    public static Uni<List<OpenApproval>> waiting(UnitOfWork unit, String requester) {
        return unit.rows("""
                        select a.code, a.conversation, t.state from approval a
                        join turn t on t.tenant = a.tenant and t.id = a.turn
                        where a.tenant = ?1 and a.requester = ?2 and a.state = 'open' and a.expires_at > now()
                        order by a.asked_at, a.code""", unit.tenant(), requester)
                .map(rows -> rows.stream().flatMap(row -> waiting(row).stream()).toList());
    }

    private static Optional<OpenApproval> waiting(Object[] row) {
        String code = (String) row[0];
        return WireJson.read((String) row[2], TurnState.class)
                .asked(code)
                .map(operation -> new OpenApproval(code, operation, (String) row[1]));
    }

    /** The same where a plan is to explain it, else nothing, without a look. */
    public static Uni<List<OpenApproval>> toExplain(UnitOfWork unit, @Nullable Planned planned, String requester) {
        boolean asked = planned instanceof Planned.Plan plan
                && plan.operations().stream()
                        .anyMatch(operation -> operation.name().equals("approval.explain"));
        return asked ? waiting(unit, requester) : Uni.createFrom().item(List.of());
    }

    /** Null when there never was such a code. */
    public static Uni<@Nullable Approval> find(UnitOfWork unit, String code) {
        return unit.rows("select " + COLUMNS + " from approval where tenant = ?1 and code = ?2", unit.tenant(), code)
                .map(rows -> rows.isEmpty() ? null : approval(rows.getFirst()));
    }

    private static Approval approval(Object[] c) {
        return new Approval(
                (String) c[0],
                (String) c[1],
                (String) c[2],
                (String) c[3],
                (String) c[4],
                (String) c[5],
                instant(c[6]));
    }

    private static Instant instant(Object column) {
        return column instanceof OffsetDateTime at ? at.toInstant() : (Instant) column;
    }
}
