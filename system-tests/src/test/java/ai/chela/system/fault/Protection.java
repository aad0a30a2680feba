package ai.chela.system.fault;

import ai.chela.system.api.Json;
import ai.chela.system.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Something without which the promises do not hold. A run in which it is taken out must be red: else nothing proves that the
 * harness would see its absence. It is taken out in the database of the stack, so that no service has a switch for it.
 */
enum Protection {
    /** What tells a record that was seen before, and holds back one that comes early: every record is taken as it comes. */
    INBOX {
        @Override
        void removeFrom(Statement statement, String schema) throws SQLException {
            for (String signature : signatures(statement, schema, "inbox_enter"))
                statement.execute("create or replace function " + schema + ".inbox_enter(" + signature
                        + ") returns text language sql as $$ select 'UNORDERED' $$");
        }
    },
    /** What sends again what was committed and not sent: it finds nothing to send. */
    RELAY {
        @Override
        void removeFrom(Statement statement, String schema) throws SQLException {
            statement.execute("alter policy queue_all on " + schema + ".outbox using (false)");
        }
    };

    private static final List<String> SCHEMAS = List.of("gateway", "scheduler", "agent", "memory", "tool_runner");

    abstract void removeFrom(Statement statement, String schema) throws SQLException;

    /** Takes it out of a stack that runs. */
    void removeFrom(Stack stack) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + stack.listener("postgres") + "/chela",
                        "chela_admin",
                        Json.read(Files.readString(stack.data().resolve("keys/credentials.json")))
                                .path("passwords")
                                .path("postgres/chela_admin")
                                .asText());
                Statement statement = connection.createStatement()) {
            for (String schema : SCHEMAS) removeFrom(statement, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(this + " cannot be taken out", e);
        }
    }

    private static List<String> signatures(Statement statement, String schema, String function) throws SQLException {
        List<String> signatures = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select pg_get_function_arguments(p.oid) from pg_proc p"
                + " join pg_namespace n on n.oid = p.pronamespace where n.nspname = '" + schema
                + "' and p.proname = '" + function + "'")) {
            while (rows.next()) signatures.add(rows.getString(1));
        }
        if (signatures.isEmpty()) throw new SQLException("there is no function " + schema + "." + function);
        return signatures;
    }
}
