package ai.chela.kit.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.chela.kit.test.TestStack;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether Flyway has run is told by a script that it runs again when its history has forgotten it. */
@QuarkusTest
@QuarkusTestResource(TestStack.class)
class SchemaAtStartTest {
    private static final String REPEATED = "from kit.flyway_schema_history where description = 'enter and add'";

    @Inject
    SchemaAtStart schema;

    @Inject
    @DataSource("migration")
    AgroalDataSource owner;

    @Test
    void a_schema_that_is_up_to_date_says_by_what_and_is_left_alone() throws SQLException {
        assertEquals(
                "migrations " + Migrations.fingerprint(List.of("db/kit", "db/migration")),
                first("select obj_description('kit'::regnamespace, 'pg_namespace')"));
        assertEquals("1", first("select count(*) " + REPEATED));
        execute("delete " + REPEATED);
        schema.start(new StartupEvent());
        assertEquals("0", first("select count(*) " + REPEATED));
        execute("comment on schema kit is null");
        schema.start(new StartupEvent());
    }

    @Test
    void a_schema_of_other_migrations_is_migrated() throws SQLException {
        execute("delete " + REPEATED);
        execute("comment on schema kit is 'migrations of an earlier version'");
        schema.start(new StartupEvent());
        assertEquals("1", first("select count(*) " + REPEATED));
    }

    @Test
    void a_program_without_migrations_is_not_taken_for_one_whose_schema_is_up_to_date() {
        assertThrows(IllegalStateException.class, () -> Migrations.fingerprint(List.of("db/elsewhere")));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String first(String sql) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
