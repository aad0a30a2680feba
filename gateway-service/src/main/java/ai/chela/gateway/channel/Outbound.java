package ai.chela.gateway.channel;

import ai.chela.gateway.conversation.Replies;
import ai.chela.gateway.db.Columns;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is to be said on chat platforms: stored with its cause in one transaction, sent in order by whoever may. */
@ApplicationScoped
public class Outbound implements Replies.Platforms {
    /**
     * One message that waits.
     *
     * @param id computed from its cause: the platform is given it, so that a repeat can be recognised
     * @param attempts sendings begun before; of those, none is known to have failed or succeeded
     * @param storedAt when it was first to be sent
     */
    public record Part(String id, String address, String text, int attempts, Instant storedAt) {}

    private final Map<String, Integer> limits = new ConcurrentHashMap<>();
    private final Map<String, Runnable> nudges = new ConcurrentHashMap<>();

    public Outbound(Instance<Channel> channels) {
        channels.forEach(
                channel -> limits.put(channel.name(), channel.capabilities().maxCharacters()));
    }

    /** Tells this when something was stored for a channel. */
    public void onStored(String channel, Runnable nudge) {
        nudges.put(channel, nudge);
    }

    /** Stores a message to an address, in parts where it is long; the same cause again stores nothing. */
    @Override
    public Uni<Void> store(UnitOfWork unit, String channel, String address, String cause, String text) {
        List<String> parts = Parts.of(text, limits.getOrDefault(channel, 4_000));
        unit.afterCommit(() -> nudges.getOrDefault(channel, () -> {}).run());
        return Multi.createFrom()
                .range(0, parts.size())
                .onItem()
                .transformToUniAndConcatenate(i ->
                        unit.execute("""
                        insert into channel_outbound (tenant, id, channel, address, text) values (?1, ?2, ?3, ?4, ?5)
                        on conflict do nothing""", unit.tenant(), Ids.derive(cause, channel, i), channel, address, parts.get(i)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The next message that waits, null when none does. */
    Uni<@Nullable Part> next(UnitOfWork unit, String channel) {
        return unit.rows("""
                        select id, address, text, attempts, created_at from channel_outbound
                        where tenant = ?1 and channel = ?2 and sent_at is null order by position limit 1""", unit.tenant(), channel).map(rows -> rows.isEmpty() ? null : part(rows.getFirst()));
    }

    private static Part part(Object[] row) {
        return new Part(
                (String) row[0], (String) row[1], (String) row[2], ((Number) row[3]).intValue(), Columns.time(row[4]));
    }

    /** Notes that a sending begins; 0 when this holder's lease is over. */
    Uni<Integer> begin(UnitOfWork unit, Part part, Lease.Held held) {
        return unit.execute("""
                update channel_outbound set attempts = attempts + 1
                where tenant = ?1 and id = ?2 and sent_at is null and exists (select 1 from lease
                    where tenant = ?1 and name = ?3 and fence = ?4 and until > now())""", unit.tenant(), part.id(), held.name(), held.fence());
    }

    /** Notes that the platform has it, and forgets what it has had for 72 hours. */
    Uni<Integer> sent(UnitOfWork unit, Part part) {
        return unit.execute("""
                with sent as (update channel_outbound set sent_at = now() where tenant = ?1 and id = ?2)
                delete from channel_outbound where tenant = ?1 and sent_at < now() - interval '72 hours'""", unit.tenant(), part.id());
    }

    /** Notes that a sending certainly did not happen. */
    Uni<Integer> notSent(UnitOfWork unit, Part part) {
        return unit.execute(
                "update channel_outbound set attempts = attempts - 1 where tenant = ?1 and id = ?2 and attempts > 0",
                unit.tenant(),
                part.id());
    }
}
