package ai.chela.kit.tenancy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFaultsTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57P01", "40P01", "58030", "25P03"})
    void a_database_that_stops_is_full_or_cannot_be_reached_is_away(String state) {
        assertTrue(DatabaseFaults.isAway(new PgException("told by the driver", "FATAL", state, null)));
        assertTrue(DatabaseFaults.isAway(new IllegalStateException(new SQLException("told by Hibernate", state))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42601"})
    void a_statement_that_is_refused_does_not_mean_that_it_is_away(String state) {
        assertFalse(DatabaseFaults.isAway(new PgException("told by the driver", "ERROR", state, null)));
        assertFalse(DatabaseFaults.isAway(new IllegalStateException(new SQLException("told by Hibernate", state))));
    }

    @Test
    void a_key_that_is_there_already_is_a_duplicate() {
        assertTrue(DatabaseFaults.isDuplicate(new IllegalStateException(new SQLException("there", "23505"))));
        assertFalse(DatabaseFaults.isDuplicate(new SQLException("too long", "22001")));
    }
}
