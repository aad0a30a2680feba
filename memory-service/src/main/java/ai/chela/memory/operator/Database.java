package ai.chela.memory.operator;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;

/**
 * The schema {@code memory}, by the same roles and the same environment as the service: rows are seen under one tenant at a
 * time, and what tenants there are is seen by the role that sees ids and times only.
 */
public record Database(String url, String password, String queuePassword, String ownerPassword) {
    private static final String ROLE = "chela_memory";
    private static final String SCHEMA = "memory";

    /** As the service is started: {@code CHELA_DB_HOST} and so on. */
    public static Database of(Map<String, String> environment) {
        return new Database(
                "jdbc:postgresql://" + environment.getOrDefault("CHELA_DB_HOST", "127.0.0.1") + ":"
                        + environment.getOrDefault("CHELA_DB_PORT", "5432") + "/"
                        + environment.getOrDefault("CHELA_DB_NAME", "chela"),
                environment.getOrDefault("CHELA_DB_PASSWORD", ""),
                environment.getOrDefault("CHELA_DB_QUEUE_PASSWORD", ""),
                environment.getOrDefault("CHELA_DB_MIGRATION_PASSWORD", ""));
    }

    /**
     * A transaction of the service's own role, which sees what others commit meanwhile, as those of the service do: who is
     * quicker is waited for, and nobody fails. To be closed; commits only when told.
     */
    public Connection worker() throws SQLException {
        Connection connection = open(ROLE, password);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return connection;
    }

    /** The same with everything in it as of one moment: to read all of it, or to write while nobody else does. */
    public Connection snapshot() throws SQLException {
        Connection connection = worker();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    /** Binds what follows in this transaction to a tenant. */
    public static void bind(Connection worker, String tenant) throws SQLException {
        try (PreparedStatement set = worker.prepareStatement("select set_config('chela.tenant', ?, true)")) {
            set.setString(1, tenant);
            set.execute();
        }
    }

    /** All tenants that have a key, in the order of their names. */
    public List<String> tenants() throws SQLException {
        return queue("select tenant from tenant_key order by tenant");
    }

    /** The first column of a query by the role that sees ids and times. */
    public List<String> queue(String sql) throws SQLException {
        try (Connection connection = open(ROLE + "_queue", queuePassword);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) found.add(rows.getString(1));
            return found;
        }
    }

    /** Brings the schema to the version of this program, as the service does at its start. */
    public void migrate() {
        Flyway.configure()
                .dataSource(url, ROLE + "_owner", ownerPassword)
                .defaultSchema(SCHEMA)
                .schemas(SCHEMA)
                .createSchemas(false)
                .locations("classpath:db/kit", "classpath:db/memory")
                .placeholders(Map.of("role", ROLE, "queueRole", ROLE + "_queue"))
                .load()
                .migrate();
    }

    private Connection open(String role, String secret) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", role);
        properties.put("password", secret);
        properties.put("currentSchema", SCHEMA);
        properties.put("connectTimeout", "5");
        properties.put("ApplicationName", "chela-memory-operator");
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public String toString() {
        return "Database[" + url + "]";
    }
}
