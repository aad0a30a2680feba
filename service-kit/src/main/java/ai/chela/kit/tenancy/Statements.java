package ai.chela.kit.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SQL on one connection, in its transaction. Not thread-safe; statements may follow each other without waiting. */
final class Statements {
    private static final String TENANT = "select set_config('chela.tenant', $1, true)";
    private static final Pattern PARAMETER = Pattern.compile("\\?(\\d+)");

    /** Statements are constants of the program, so this does not grow. */
    private static final Map<String, String> NUMBERED = new ConcurrentHashMap<>();

    private final SqlConnection connection;
    private @Nullable Transaction transaction;

    Statements(SqlConnection connection) {
        this.connection = connection;
    }

    /** Begins a transaction bound to a tenant; statements may follow before that is done. */
    CompletionStage<Void> begin(String tenant) {
        Future<Transaction> begun = connection.begin().onSuccess(open -> transaction = open);
        Future<RowSet<Row>> bound = connection.preparedQuery(TENANT).execute(Tuple.of(tenant));
        return begun.toCompletionStage().thenCombine(bound.toCompletionStage(), (_, _) -> null);
    }

    /** Only after the beginning is done. */
    Uni<Void> commit() {
        return end(Transaction::commit);
    }

    /** Ends the transaction; nothing is to be done when it never began or has ended. */
    Uni<Void> rollback() {
        return end(Transaction::rollback);
    }

    private Uni<Void> end(Function<Transaction, Future<Void>> how) {
        return Uni.createFrom().deferred(() -> {
            Transaction open = transaction;
            if (open == null) return Uni.createFrom().voidItem();
            transaction = null;
            return Uni.createFrom().completionStage(how.apply(open).toCompletionStage());
        });
    }

    Uni<Integer> execute(String sql, @Nullable Object... parameters) {
        return send(sql, parameters).map(SqlResult::rowCount);
    }

    Uni<List<Object[]>> rows(String sql, @Nullable Object... parameters) {
        return send(sql, parameters).map(found -> {
            List<Object[]> rows = new ArrayList<>(found.size());
            for (Row row : found) rows.add(read(row));
            return rows;
        });
    }

    private Uni<RowSet<Row>> send(String sql, @Nullable Object... parameters) {
        return Uni.createFrom()
                .completionStage(() -> connection
                        .preparedQuery(numbered(sql))
                        .execute(Tuple.wrap(bound(parameters)))
                        .toCompletionStage());
    }

    static <T> List<T> column(Class<T> type, List<Object[]> rows) {
        List<T> values = new ArrayList<>(rows.size());
        for (Object[] row : rows) values.add(type.cast(fitted(type, row[0])));
        return values;
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

    private static Object[] read(Row row) {
        Object[] columns = new Object[row.size()];
        for (int i = 0; i < columns.length; i++)
            columns[i] = switch (row.getValue(i)) {
                case OffsetDateTime time -> time.toInstant();
                case Buffer buffer -> buffer.getBytes();
                case null, default -> row.getValue(i);
            };
        return columns;
    }

    private static @Nullable Object fitted(Class<?> type, @Nullable Object value) {
        if (!(value instanceof Number number)) return value;
        if (type == Long.class) return number.longValue();
        if (type == Integer.class) return number.intValue();
        return value;
    }
}
