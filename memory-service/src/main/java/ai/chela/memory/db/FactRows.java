package ai.chela.memory.db;

import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The columns that a fact is read from. */
final class FactRows {
    /** Of {@code fact f} joined with its {@code memory_key k}. */
    static final String COLUMNS = """
            f.id as id, f.root as root, f.handle as handle, f.scope as scope, f.speaker as speaker,
            f.conversation as conversation, cast(extract(epoch from f.said_at) * 1000000 as bigint) as said_micros,
            f.body as body, k.wrapped as wrapped""";

    static final String TABLES = "fact f join memory_key k on k.tenant = f.tenant and k.memory = f.id";

    private FactRows() {}

    /** Still encrypted. */
    record Row(
            String id,
            String root,
            long handle,
            Scope scope,
            String speaker,
            String conversation,
            Instant saidAt,
            byte[] body,
            byte[] wrapped) {
        Fact open(String tenant, byte[] scopeKey) {
            Body content = Body.open(tenant, scopeKey, id, wrapped, body);
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
                    content.corrects());
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
                Instant.EPOCH.plus(number(row[at + 6]), ChronoUnit.MICROS),
                bytes(row[at + 7]),
                bytes(row[at + 8]));
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

    private static byte[] bytes(@Nullable Object value) {
        if (value instanceof byte[] bytes) return bytes;
        throw new IllegalStateException("a bytes column is empty");
    }
}
