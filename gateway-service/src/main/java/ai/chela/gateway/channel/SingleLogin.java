package ai.chela.gateway.channel;

import ai.chela.contracts.Principal;
import ai.chela.gateway.db.Columns;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The durable side of a channel that has a single login: who may use it, and what is sent with it. */
public final class SingleLogin {
    private static final Duration RENEW = Lease.LENGTH.dividedBy(4);

    /** What is left is for one sending to reach the server. */
    private static final Duration SURE = Lease.LENGTH.dividedBy(2);

    /** What came of one sending. */
    public enum Sending {
        DONE,
        /** It certainly did not leave. */
        NOT_SENT,
        /** Nobody can tell. */
        UNKNOWN
    }

    private final String channel;
    private final String instance;
    private final Origin origin;
    private final Transactions transactions;
    private final Outbound outbound;
    private final LongSupplier nanos;
    private Lease.@Nullable Held held;
    private long takenNanos;

    public SingleLogin(String channel, String tenant, String instance, Transactions transactions, Outbound outbound) {
        this(channel, tenant, instance, transactions, outbound, System::nanoTime);
    }

    /**
     * @param nanos goes on while this process is paused
     */
    SingleLogin(
            String channel,
            String tenant,
            String instance,
            Transactions transactions,
            Outbound outbound,
            LongSupplier nanos) {
        this.nanos = nanos;
        this.channel = channel;
        this.instance = instance;
        this.origin = Origin.first(tenant, Principal.service("gateway"), null);
        this.transactions = transactions;
        this.outbound = outbound;
    }

    /** Whether this instance may be logged in for the next seconds; takes or renews the lease. */
    public Uni<Boolean> mayLogIn() {
        if (held != null && nanos.getAsLong() - takenNanos < RENEW.toNanos())
            return Uni.createFrom().item(true);
        // from before the question: the database counts from when it answers it
        long asked = nanos.getAsLong();
        return transactions
                .run("channel.lease", origin, unit -> Lease.take(unit, channel, instance))
                .onItem()
                .invoke(taken -> {
                    held = taken;
                    takenNanos = asked;
                })
                .onFailure()
                .invoke(() -> held = null)
                .map(java.util.Objects::nonNull);
    }

    /**
     * Whether the lease is certainly still held. False after a pause in which it ended, whatever was begun before: to be
     * asked right before something is sent.
     */
    public boolean holds() {
        return held != null && nanos.getAsLong() - takenNanos < SURE.toNanos();
    }

    public Uni<Void> release() {
        held = null;
        return transactions.run("channel.release", origin, unit -> Lease.release(unit, channel, instance));
    }

    /** How far the archive of an account was taken in; null when it never was. */
    public Uni<@Nullable ArchivePosition> reached(String account) {
        return transactions.run(
                "channel.reached",
                origin,
                unit -> unit.rows("""
                        select entry, at from channel_archive
                        where tenant = ?1 and channel = ?2 and account = ?3""", unit.tenant(), channel, account)
                        .map(rows -> rows.isEmpty() ? null : position(rows.getFirst())));
    }

    private static ArchivePosition position(@Nullable Object[] row) {
        return new ArchivePosition((String) row[0], row[1] == null ? null : Columns.time(row[1]));
    }

    /** Notes that everything up to there is stored. */
    public Uni<Void> reach(String account, ArchivePosition position) {
        return transactions
                .run(
                        "channel.reach",
                        origin,
                        unit -> unit.execute("""
                                insert into channel_archive (tenant, channel, account, entry, at)
                                values (?1, ?2, ?3, ?4, ?5)
                                on conflict (tenant, channel, account) do update
                                    set entry = excluded.entry, at = excluded.at""", unit.tenant(), channel, account, position.entry(), position.at()))
                .replaceWithVoid();
    }

    /** Sends what waits, in order, until nothing does, the lease is over or one could not be sent. */
    public Uni<Void> drain(Function<Outbound.Part, Uni<Sending>> send) {
        Lease.Held now = held;
        if (now == null || !holds()) return Uni.createFrom().voidItem();
        return transactions
                .run("channel.next", origin, unit -> outbound.next(unit, channel))
                .chain(part -> part == null ? Uni.createFrom().voidItem() : one(part, now, send));
    }

    private Uni<Void> one(Outbound.Part part, Lease.Held now, Function<Outbound.Part, Uni<Sending>> send) {
        return transactions
                .run("channel.begin", origin, unit -> outbound.begin(unit, part, now))
                .chain(begun -> begun == 0
                        ? Uni.createFrom().voidItem()
                        : sent(part, send).chain(sending -> note(part, sending, send)));
    }

    /** Not after a pause in which the lease ended: what was begun before it is another holder's to look after. */
    private Uni<Sending> sent(Outbound.Part part, Function<Outbound.Part, Uni<Sending>> send) {
        CrashPoints.reach(CrashPoint.CHANNEL_SEND_BEFORE);
        if (!holds()) return Uni.createFrom().item(Sending.NOT_SENT);
        return send.apply(part).invoke(() -> CrashPoints.reach(CrashPoint.CHANNEL_SEND_AFTER));
    }

    private Uni<Void> note(Outbound.Part part, Sending sending, Function<Outbound.Part, Uni<Sending>> send) {
        return switch (sending) {
            case DONE ->
                Uni.createFrom()
                        .voidItem()
                        .invoke(() -> CrashPoints.reach(CrashPoint.SEND_RECORD_BEFORE))
                        .chain(() -> transactions.run("channel.sent", origin, unit -> outbound.sent(unit, part)))
                        .invoke(() -> CrashPoints.reach(CrashPoint.SEND_RECORD_AFTER))
                        .chain(() -> drain(send));
            case NOT_SENT ->
                transactions
                        .run("channel.not-sent", origin, unit -> outbound.notSent(unit, part))
                        .replaceWithVoid();
            case UNKNOWN -> Uni.createFrom().voidItem();
        };
    }
}
