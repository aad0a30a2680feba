package ai.chela.launcher.bench;

import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.postgres.PostgresServer;
import ai.chela.launcher.postgres.Roles;
import ai.chela.launcher.stack.Service;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/**
 * Reminders written straight into the table of scheduler-service, as its own role and row by row as it writes them: to ask
 * for a hundred thousand in conversations would take an hour.
 */
final class StoredTriggers implements AutoCloseable {
    private static final String ROWS = """
            insert into trigger (tenant, id, handle, state, owner, conversation, zone, language, body,
                                 action, timing, until_date, every_millis, made_at, due_at, wake_at)
            select 'local', 'bench-' || ? || '-' || i, 't-' || ? + i, 'ACTIVE', ?, ? || '/chela-bench-' || i %% %d, 'UTC',
                   'en', ? || i, 'REMIND', '{"kind":"once","at":"' || to_char(due at time zone 'UTC',
                   'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"}', null, null, now(), due, due
            from (select i, ?::timestamptz + i::bigint * ? * interval '1 microsecond' due from generate_series(0, ? - 1) i) rows
            """.formatted(Load.SPREAD);

    private final Connection connection;

    private StoredTriggers(Connection connection) {
        this.connection = connection;
    }

    static StoredTriggers open(Bench bench) throws SQLException, IOException {
        String role = Roles.worker(Service.SCHEDULER.shortName());
        Properties properties = new Properties();
        properties.put("user", role);
        properties.put("password", Secrets.of(bench.data(), List.of()).password(PostgresServer.passwordOf(role)));
        properties.put("sslmode", "disable"); // loopback
        int port = bench.state().port(PostgresServer.NAME).orElseThrow();
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresServer.DATABASE, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select set_config('chela.tenant', 'local', false)");
        }
        return new StoredTriggers(connection);
    }

    /** Due in a month, one each second. */
    void storeIdle(String owner, int count) throws SQLException {
        store("idle", 10_000_000, owner, "idle ", Instant.now().plusSeconds(30L * 86_400), 1_000_000, count);
    }

    /** Due from {@code first} on, so many a second. */
    void storeFiring(String owner, int count, Instant first, int perSecond) throws SQLException {
        store("fire", 20_000_000, owner, "bench-fire-", first, microsBetween(perSecond), count);
    }

    /** When a firing one is due. */
    static Instant due(Instant first, int number, int perSecond) {
        return first.plusNanos(1_000L * number * microsBetween(perSecond));
    }

    private static int microsBetween(int perSecond) {
        return 1_000_000 / perSecond;
    }

    private void store(String kind, int firstHandle, String owner, String text, Instant first, int micros, int count)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ROWS)) {
            insert.setString(1, kind);
            insert.setInt(2, firstHandle);
            insert.setString(3, owner);
            insert.setString(4, owner);
            insert.setString(5, text);
            insert.setTimestamp(6, Timestamp.from(first));
            insert.setInt(7, micros);
            insert.setInt(8, Math.max(0, count));
            insert.executeUpdate();
        }
    }

    /** Takes all of them away. */
    void remove() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from trigger where tenant = 'local' and id like 'bench-%'");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
