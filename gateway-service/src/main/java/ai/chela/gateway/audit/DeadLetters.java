package ai.chela.gateway.audit;

import ai.chela.contracts.Principal;
import ai.chela.contracts.audit.DeadLetter;
import ai.chela.gateway.db.Columns;
import ai.chela.kit.inbox.Inbox;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Received;
import ai.chela.kit.wire.WireJson;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Keeps what some service could not handle, so that a person can see it and why; payloads for 72 hours. */
@ApplicationScoped
public class DeadLetters implements Inbox.Handler<DeadLetter> {
    /** Without the payload, which is content. */
    public record Shown(
            long number,
            String topic,
            String reader,
            @Nullable String key,
            String cause,
            Instant at) {}

    private final Transactions transactions;
    private final MeterRegistry meters;
    private final String tenant;

    public DeadLetters(
            Transactions transactions, MeterRegistry meters, @ConfigProperty(name = "chela.tenant") String tenant) {
        this.transactions = transactions;
        this.meters = meters;
        this.tenant = tenant;
    }

    @Override
    public Uni<Void> handle(UnitOfWork unit, Received<DeadLetter> received) {
        DeadLetter letter = received.payload();
        unit.afterCommit(() -> meters.counter("chela.dead.letters.kept", "topic", letter.topic())
                .increment());
        return unit.execute(
                        """
                        insert into dead_letter (tenant, id, topic, reader, key, headers, payload, cause, at)
                        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)""",
                        unit.tenant(),
                        received.envelope().id(),
                        letter.topic(),
                        letter.reader(),
                        letter.key(),
                        WireJson.text(letter.headers()),
                        letter.payload(),
                        letter.cause().replace("\0", "\uFFFD"),
                        letter.at())
                .chain(() -> unit.execute("""
                        update dead_letter set payload = ''
                        where tenant = ?1 and payload <> '' and at < now() - interval '72 hours'""", unit.tenant()))
                .replaceWithVoid();
    }

    /** The newest first, at most 200. */
    public Uni<List<Shown>> newest(String reader) {
        return transactions.run(
                "dead-letters.read",
                origin(Principal.person(reader)),
                unit -> unit.rows("""
                        select number, topic, reader, key, cause, at from dead_letter
                        where tenant = ?1 order by number desc limit 200""", unit.tenant())
                        .map(rows -> rows.stream().map(DeadLetters::shown).toList()));
    }

    public Uni<Long> count() {
        return transactions.run(
                "dead-letters.count",
                origin(Principal.service("gateway")),
                unit -> unit.query(Long.class, "select count(*) from dead_letter where tenant = ?1", unit.tenant())
                        .map(List::getFirst));
    }

    private static Shown shown(Object[] row) {
        return new Shown(
                ((Number) row[0]).longValue(),
                (String) row[1],
                (String) row[2],
                (String) row[3],
                (String) row[4],
                Columns.time(row[5]));
    }

    private Origin origin(Principal principal) {
        return Origin.first(tenant, principal, null);
    }
}
