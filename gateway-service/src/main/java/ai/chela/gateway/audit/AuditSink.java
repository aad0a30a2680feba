package ai.chela.gateway.audit;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.audit.AuditRecord;
import ai.chela.gateway.db.Columns;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Received;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Appends the audit entries of all services, numbered per tenant under that tenant's head row. */
@ApplicationScoped
public class AuditSink implements Inbox.Handler<AuditRecord> {
    private static final int PAGE = 500;

    /**
     * One entry as stored.
     *
     * @param number from 1, without a gap within the tenant
     * @param source the service that wrote it
     */
    public record Entry(
            long number,
            String source,
            String actor,
            String person,
            @Nullable String conversation,
            @Nullable String turn,
            @Nullable String cause,
            String action,
            String subject,
            String outcome,
            @Nullable String digest,
            Instant at) {}

    /** Entries in order; {@code last} is where to go on. */
    public record Page(List<Entry> entries, long last, boolean more) {}

    private final Transactions transactions;
    private final String tenant;

    public AuditSink(Transactions transactions, @ConfigProperty(name = "chela.tenant") String tenant) {
        this.transactions = transactions;
        this.tenant = tenant;
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<AuditRecord> received) {
        List<AuditRecord.Entry> entries = received.payload().entries();
        return unit.query(Long.class, """
                        insert into audit_head as h (tenant, last) values (?1, ?2)
                        on conflict (tenant) do update set last = h.last + excluded.last returning last""", unit.tenant(), (long) entries.size())
                .chain(heads -> Multi.createFrom()
                        .range(0, entries.size())
                        .onItem()
                        .transformToUniAndConcatenate(i -> append(
                                unit, received.envelope(), heads.getFirst() - entries.size() + i + 1, entries.get(i)))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private static Uni<Integer> append(UnitOfWork unit, Envelope envelope, long number, AuditRecord.Entry entry) {
        return unit.execute(
                """
                insert into audit_entry (tenant, number, record, source, actor, person, conversation, turn, cause,
                    action, subject, outcome, digest, at)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)""",
                unit.tenant(),
                number,
                envelope.id(),
                envelope.source(),
                envelope.principal().actor(),
                envelope.principal().person(),
                envelope.conversation(),
                envelope.turn(),
                envelope.cause(),
                entry.action(),
                entry.subject(),
                entry.outcome(),
                entry.digest(),
                entry.at());
    }

    /** Entries after a number, in order. */
    public Uni<Page> after(String reader, long number) {
        Origin origin = Origin.first(tenant, Principal.person(reader), null);
        return transactions.run(
                "audit.read",
                origin,
                unit -> unit.rows("""
                        select number, source, actor, person, conversation, turn, cause, action, subject, outcome,
                            digest, at
                        from audit_entry where tenant = ?1 and number > ?2 order by number limit ?3""", unit.tenant(), number, PAGE).map(rows -> {
                    List<Entry> entries = rows.stream().map(AuditSink::entry).toList();
                    return new Page(
                            entries,
                            entries.isEmpty() ? number : entries.getLast().number(),
                            entries.size() == PAGE);
                }));
    }

    private static Entry entry(Object[] row) {
        return new Entry(
                ((Number) row[0]).longValue(),
                (String) row[1],
                (String) row[2],
                (String) row[3],
                (String) row[4],
                (String) row[5],
                (String) row[6],
                (String) row[7],
                (String) row[8],
                (String) row[9],
                (String) row[10],
                Columns.time(row[11]));
    }
}
