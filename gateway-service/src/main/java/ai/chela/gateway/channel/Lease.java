package ai.chela.gateway.channel;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A right that one instance at a time holds, until it ends or is renewed. */
final class Lease {
    /** How long a holder that died keeps others out. */
    static final Duration LENGTH = Duration.ofSeconds(20);

    /**
     * @param fence grows with every change of holder
     */
    record Held(String name, long fence) {}

    private Lease() {}

    /** Takes or renews it; null when another instance holds it. */
    static Uni<@Nullable Held> take(UnitOfWork unit, String name, String holder) {
        return unit.query(Long.class, """
                        insert into lease as l (tenant, name, holder, fence, until)
                        values (?1, ?2, ?3, 1, now() + ?4 * interval '1 second')
                        on conflict (tenant, name) do update set
                            holder = excluded.holder,
                            until = excluded.until,
                            fence = case when l.holder = excluded.holder then l.fence else l.fence + 1 end
                        where l.holder = excluded.holder or l.until < now()
                        returning fence""", unit.tenant(), name, holder, (double) LENGTH.toSeconds())
                .map(fences -> fences.isEmpty() ? null : new Held(name, fences.getFirst()));
    }

    /** Gives it up at once. */
    static Uni<Void> release(UnitOfWork unit, String name, String holder) {
        return unit.execute(
                        "update lease set until = now() where tenant = ?1 and name = ?2 and holder = ?3",
                        unit.tenant(),
                        name,
                        holder)
                .replaceWithVoid();
    }
}
