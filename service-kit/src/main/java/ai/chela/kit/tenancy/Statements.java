package ai.chela.kit.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/**
 * SQL on the connection of a session, in its transaction. Native queries of the session itself do the same at several
 * times the cost: they are parsed, flush, and map results; see the decision on the database.
 */
final class Statements {
    private static final String TENANT = "select set_config('chela.tenant', $1, true)";
    private static final Pattern PARAMETER = Pattern.compile("\\?(\\d+)");

    /** Statements are constants of the program, so this does not grow. */
    private static final Map<String, String> NUMBERED = new ConcurrentHashMap<>();

    private final Mutiny.Session session;

    Statements(Mutiny.Session session) {
        this.session = session;
    }

    /** Begins a transaction bound to a tenant; statements may follow before that is done. */
    CompletionStage<Void> begin(String tenant) {
        ReactiveConnection connection = connection();
        CompletionStage<Void> begun = connection.beginTransaction();
        CompletionStage<ReactiveConnection.Result> bound = connection.select(TENANT, new Object[] {tenant});
        return begun.thenCombine(bound, (_, _) -> null);
    }

    Uni<Void> commit() {
        return Uni.createFrom().completionStage(() -> connection().commitTransaction());
    }

    /** Ends the transaction; nothing is to be done when it never began. */
    Uni<Void> rollback() {
        return Uni.createFrom()
                .completionStage(() -> connection().isTransactionInProgress()
                        ? connection().rollbackTransaction()
                        : CompletableFuture.completedFuture(null));
    }

    Uni<Integer> execute(String sql, @Nullable Object... parameters) {
        return Uni.createFrom().completionStage(() -> connection().update(numbered(sql), bound(parameters)));
    }

    Uni<List<Object[]>> rows(String sql, @Nullable Object... parameters) {
        return Uni.createFrom()
                .completionStage(() -> connection().select(numbered(sql), bound(parameters)))
                .map(result -> {
                    List<Object[]> rows = new ArrayList<>(result.size());
                    result.forEachRemaining(row -> rows.add(read(row)));
                    return rows;
                });
    }

    static <T> List<T> column(Class<T> type, List<Object[]> rows) {
        List<T> values = new ArrayList<>(rows.size());
        for (Object[] row : rows) values.add(type.cast(fitted(type, row[0])));
        return values;
    }

    private ReactiveConnection connection() {
        if (session instanceof MutinySessionImpl open) return open.getReactiveConnection();
        throw new IllegalStateException("a session without a connection: " + session.getClass());
    }

    private static String numbered(String sql) {
        return NUMBERED.computeIfAbsent(sql, text -> PARAMETER.matcher(text).replaceAll("\\$$1"));
    }

    private static Object[] bound(@Nullable Object[] parameters) {
        return Arrays.stream(parameters).map(Statements::bound).toArray();
    }

    private static @Nullable Object bound(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            case byte[] bytes -> Buffer.buffer(bytes);
            case byte[][] all -> Arrays.stream(all).map(Buffer::buffer).toArray(Buffer[]::new);
            case null, default -> value;
        };
    }

    private static Object[] read(Object[] row) {
        for (int i = 0; i < row.length; i++)
            row[i] = switch (row[i]) {
                case OffsetDateTime time -> time.toInstant();
                case Buffer buffer -> buffer.getBytes();
                case null, default -> row[i];
            };
        return row;
    }

    private static @Nullable Object fitted(Class<?> type, @Nullable Object value) {
        if (!(value instanceof Number number)) return value;
        if (type == Long.class) return number.longValue();
        if (type == Integer.class) return number.intValue();
        return value;
    }
}
