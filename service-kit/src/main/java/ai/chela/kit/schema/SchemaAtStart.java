package ai.chela.kit.schema;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema to the version of this program before anything else uses the database. A schema that was brought there
 * says so in its comment, by the {@linkplain Migrations#fingerprint fingerprint} of the migrations: then Flyway and its driver
 * are not even loaded, which would take a good part of the start. Any number of instances may start at once.
 */
@ApplicationScoped
class SchemaAtStart {
    private static final Logger LOG = Logger.getLogger(SchemaAtStart.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String SAYS = "migrations ";

    private final Pool queue;
    private final Instance<Flyway> flyway;
    private final Instance<AgroalDataSource> owner;
    private final String schema;
    private final List<String> locations;

    SchemaAtStart(
            @ReactiveDataSource("queue") Pool queue,
            @FlywayDataSource("migration") Instance<Flyway> flyway,
            @DataSource("migration") Instance<AgroalDataSource> owner,
            @ConfigProperty(name = "chela.schema") String schema,
            @ConfigProperty(name = "quarkus.flyway.migration.locations") List<String> locations) {
        this.queue = queue;
        this.flyway = flyway;
        this.owner = owner;
        this.schema = schema;
        this.locations = List.copyOf(locations);
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        String comment = SAYS + Migrations.fingerprint(locations);
        if (comment.equals(said())) return;
        flyway.get().migrate();
        say(comment);
    }

    /** What the schema says of itself; null also where that cannot be asked, as Flyway then tells why, or waits. */
    private @Nullable String said() {
        try {
            RowSet<Row> rows = queue.preparedQuery("select obj_description(to_regnamespace($1)::oid, 'pg_namespace')")
                    .execute(Tuple.of(schema))
                    .await()
                    .atMost(LIMIT);
            return rows.iterator().next().getString(0);
        } catch (RuntimeException e) {
            LOG.infof("event=schema.unknown schema=%s cause=\"%s\"", schema, e);
            return null;
        }
    }

    private void say(String comment) {
        try (Connection connection = owner.get().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("comment on schema " + statement.enquoteIdentifier(schema, true) + " is "
                    + statement.enquoteLiteral(comment));
        } catch (SQLException e) {
            throw new IllegalStateException("the schema " + schema + " cannot be told its version", e);
        }
    }
}
