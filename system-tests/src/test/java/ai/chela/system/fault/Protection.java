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
    },
    /** What tells a holder that others have taken over: the number of the holding never changes. */
    FENCING {
        @Override
        void removeFrom(Statement statement, String schema) throws SQLException {
            for (String table : tables(statement, schema, "fence"))
                before(statement, schema, table, "hold_fence", "new.fence := old.fence;");
        }

        /** A watch whose check stands still while another instance finds it changed. */
        @Override
        Plan aim(Plan plan, Processes processes) {
            return Plan.stops(plan.size(), new CrashPoints.Point("scheduler-service", "lease.after"));
        }
    },
    /** What tells what a turn has done already: while a model is asked, its finished steps are forgotten. */
    JOURNAL {
        @Override
        void removeFrom(Statement statement, String schema) throws SQLException {
            if (schema.equals("agent")) before(statement, schema, "turn", "forget_steps", """
                        if new.phase = 'thinking' then
                            new.state := jsonb_set(jsonb_set(new.state::jsonb, '{progress,rounds}', '[]'),
                                                   '{progress,calls}', '[]')::text;
                        end if;""");
        }

        /** The one who asks the model dies, and another goes on from what is stored. */
        @Override
        Plan aim(Plan plan, Processes processes) {
            return Plan.kills(plan.size(), processes.of("agent-service"));
        }
    };

    private static final List<String> SCHEMAS = List.of("gateway", "scheduler", "agent", "memory", "tool_runner");

    abstract void removeFrom(Statement statement, String schema) throws SQLException;

    /** What shows its absence; the plan itself when anything does. */
    Plan aim(Plan plan, Processes processes) {
        return plan;
    }

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

    /** Has a statement carried out before each update of a row. */
    private static void before(Statement statement, String schema, String table, String name, String body)
            throws SQLException {
        statement.execute("create or replace function " + schema + "." + name
                + "() returns trigger language plpgsql as $$ begin " + body + " return new; end $$");
        statement.execute("create trigger " + name + " before update on " + schema + "." + table
                + " for each row execute function " + schema + "." + name + "()");
    }

    private static List<String> tables(Statement statement, String schema, String column) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("select table_name from information_schema.columns where table_schema = '"
                        + schema + "' and column_name = '" + column + "'")) {
            while (rows.next()) tables.add(rows.getString(1));
        }
        if (tables.isEmpty() && !schema.equals("memory"))
            throw new SQLException("no table of " + schema + " has a column " + column);
        return tables;
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
