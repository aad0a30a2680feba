package ai.chela.agent.approval;

import ai.chela.agent.journal.TurnRow;
import ai.chela.agent.turn.Call;
import ai.chela.agent.turn.CallState;
import ai.chela.contracts.Topic;
import ai.chela.contracts.approval.ApprovalNotice;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Approvals in the database. */
public final class Approvals {
    private Approvals() {}

    /**
     * An approval.
     *
     * @param state {@code open}, or how it ended
     */
    public record Approval(
            String code, String turn, String conversation, String operation, String requester, String state) {}

    private static final String COLUMNS = "code, turn, conversation, operation, requester, state";

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

    /** Null when there never was such a code. */
    public static Uni<@Nullable Approval> find(UnitOfWork unit, String code) {
        return unit.rows("select " + COLUMNS + " from approval where tenant = ?1 and code = ?2", unit.tenant(), code)
                .map(rows -> rows.isEmpty() ? null : approval(rows.getFirst()));
    }

    private static Approval approval(Object[] c) {
        return new Approval((String) c[0], (String) c[1], (String) c[2], (String) c[3], (String) c[4], (String) c[5]);
    }
}
