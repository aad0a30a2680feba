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
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Appends the audit entries of all services, numbered per tenant under that tenant's head row. */
@ApplicationScoped
public class AuditSink implements Inbox.Handler<AuditRecord> {
    private static final int PAGE = 500;

    /** All entries under the next numbers of the tenant, whose head row is locked to the end of the transaction. */
    private static final String APPEND = """
            with head as (
                insert into audit_head as h (tenant, last) values (?1, ?2)
                on conflict (tenant) do update set last = h.last + excluded.last returning last)
            insert into audit_entry (tenant, number, record, source, actor, person, conversation, turn, cause,
                action, subject, outcome, digest, at)
            select ?1, head.last - ?2 + line.place, line.record, line.source, line.actor, line.person,
                line.conversation, line.turn, line.cause, line.action, line.subject, line.outcome, line.digest,
                cast(line.at as timestamptz)
            from head, unnest(cast(?3 as text[]), cast(?4 as text[]), cast(?5 as text[]), cast(?6 as text[]),
                cast(?7 as text[]), cast(?8 as text[]), cast(?9 as text[]), cast(?10 as text[]),
                cast(?11 as text[]), cast(?12 as text[]), cast(?13 as text[]), cast(?14 as text[]))
                with ordinality as line(record, source, actor, person, conversation, turn, cause, action, subject,
                    outcome, digest, at, place)""";

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
        return handleAll(unit, List.of(received));
    }

    @Override
    public Uni<Void> handleAll(UnitOfWork unit, List<Received<AuditRecord>> received) {
        List<Line> lines = received.stream()
                .flatMap(record -> record.payload().entries().stream().map(entry -> new Line(record.envelope(), entry)))
                .toList();
        if (lines.isEmpty()) return Uni.createFrom().voidItem();
        return unit.execute(
                        APPEND,
                        unit.tenant(),
                        (long) lines.size(),
                        all(lines, line -> line.envelope().id()),
                        all(lines, line -> line.envelope().source()),
                        all(lines, line -> line.envelope().principal().actor()),
                        all(lines, line -> line.envelope().principal().person()),
                        all(lines, line -> line.envelope().conversation()),
                        all(lines, line -> line.envelope().turn()),
                        all(lines, line -> line.envelope().cause()),
                        all(lines, line -> line.entry().action()),
                        all(lines, line -> line.entry().subject()),
                        all(lines, line -> line.entry().outcome()),
                        all(lines, line -> line.entry().digest()),
                        all(lines, line -> line.entry().at().toString()))
                .replaceWithVoid();
    }

    /** One entry and what it came in. */
    private record Line(Envelope envelope, AuditRecord.Entry entry) {}

    private static @Nullable String[] all(List<Line> lines, Function<Line, @Nullable String> part) {
        return lines.stream().map(part).toArray(String[]::new);
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
