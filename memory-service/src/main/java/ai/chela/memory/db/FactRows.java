package ai.chela.memory.db;

import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.memory.crypto.ScopeKeys;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.fact.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that a fact is read from. */
final class FactRows {
    /** Of {@link #TABLES}. */
    static final String COLUMNS = """
            f.id as id, f.root as root, f.handle as handle, f.scope as scope, f.speaker as speaker,
            f.conversation as conversation, cast(extract(epoch from f.said_at) * 1000000 as bigint) as said_micros,
            f.body as body, k.wrapped as wrapped, cast(f.trust as double precision) as trust, f.origin as origin,
            f.preference as preference, cast(extract(epoch from f.valid_from) * 1000000 as bigint) as from_micros,
            cast(extract(epoch from f.valid_to) * 1000000 as bigint) as to_micros,
            coalesce(u.pinned, false) as pinned, coalesce(u.disputed, false) as disputed,
            cast(extract(epoch from u.expires_at) * 1000000 as bigint) as expires_micros,
            coalesce(u.recalls, 0) as recalls,
            cast(extract(epoch from u.recalled_at) * 1000000 as bigint) as recalled_micros, k.under as under""";

    private static final int COUNT = 20;
    private static final int UNDER = 19;

    /** As many nulls as there are columns behind the id, for rows of a union that have none of them. */
    static final String NO_MORE = ", null".repeat(COUNT - 1);

    static final String TABLES = "fact f join memory_key k on k.tenant = f.tenant and k.memory = f.id"
            + " left join keeping u on u.tenant = f.tenant and u.root = f.root";

    /** Holds, and its time is not over. */
    static final String HOLDS = "f.valid_to is null and (u.expires_at is null or u.expires_at > now())";

    private FactRows() {}

    /**
     * Still encrypted; the standing has no tags yet.
     *
     * @param under the generation of the scope's key that wraps the memory's own
     */
    record Row(
            String id,
            String root,
            long handle,
            Scope scope,
            String speaker,
            String conversation,
            Instant saidAt,
            byte[] body,
            byte[] wrapped,
            long under,
            Standing standing) {
        /** @throws ai.chela.memory.crypto.WrongKeyException when none of these keys is the one */
        Fact open(String tenant, ScopeKeys keys) {
            Body content = Body.open(tenant, keys.under(under), id, wrapped, body);
            return new Fact(
                    id,
                    root,
                    handle,
                    scope,
                    content.text(),
                    speaker,
                    content.saidBy(),
                    conversation,
                    saidAt,
                    content.corrects(),
                    standing.tagged(content.tags()));
        }
    }

    static Row read(@Nullable Object[] row, int at) {
        return new Row(
                text(row[at]),
                text(row[at + 1]),
                number(row[at + 2]),
                Scope.of(text(row[at + 3])),
                text(row[at + 4]),
                text(row[at + 5]),
                instant(number(row[at + 6])),
                bytes(row[at + 7]),
                bytes(row[at + 8]),
                under(row, at),
                standing(row, at + 9));
    }

    /** The generation of the scope's key that wraps the memory's own. */
    static long under(@Nullable Object[] row, int at) {
        return number(row[at + UNDER]);
    }

    private static Standing standing(@Nullable Object[] row, int at) {
        return new Standing(
                row[at] instanceof Number trust ? trust.doubleValue() : 1,
                MemoryOrigin.valueOf(text(row[at + 1])),
                Boolean.TRUE.equals(row[at + 2]),
                instant(number(row[at + 3])),
                optional(row[at + 4]),
                Boolean.TRUE.equals(row[at + 5]),
                Boolean.TRUE.equals(row[at + 6]),
                optional(row[at + 7]),
                number(row[at + 8]),
                optional(row[at + 9]),
                List.of());
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static String text(@Nullable Object value) {
        if (value instanceof String text) return text;
        throw new IllegalStateException("a text column is empty");
    }

    static long number(@Nullable Object value) {
        if (value instanceof Number number) return number.longValue();
        throw new IllegalStateException("a number column is empty");
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Instant optional(@Nullable Object micros) {
        return micros == null ? null : instant(number(micros));
    }

    static byte[] bytes(@Nullable Object value) {
        if (value instanceof byte[] bytes) return bytes;
        throw new IllegalStateException("a bytes column is empty");
    }
}
