package ai.chela.launcher.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

/**
 * The database, and per service a schema and three roles: the owner migrates it, the service works in it, the queue
 * role sees what the migration shows it. None is a superuser or passes by row-level security.
 */
public final class Roles {
    private static final String PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT";

    private Roles() {}

    /** Who owns a service's schema and migrates it. */
    public static String owner(String service) {
        return "chela_" + service + "_owner";
    }

    /** As whom a service works. */
    public static String worker(String service) {
        return "chela_" + service;
    }

    /** As whom a service scans its queues. */
    public static String queue(String service) {
        return "chela_" + service + "_queue";
    }

    /** All roles that need a password, the superuser included. */
    public static List<String> all(Collection<String> services) {
        List<String> all = new ArrayList<>(List.of(PostgresServer.ADMIN));
        for (String service : services) all.addAll(List.of(owner(service), worker(service), queue(service)));
        return all;
    }

    /** Waits for the server, then makes what is missing and sets every password to the generated one. */
    public static void make(PostgresServer server, Collection<String> services, Duration limit)
            throws SQLException, IOException, InterruptedException {
        try (Connection connection = connect(server, limit);
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + PostgresServer.DATABASE + "'"))
                statement.execute("CREATE DATABASE " + PostgresServer.DATABASE);
        }
        try (Connection connection = open(server, PostgresServer.DATABASE, PostgresServer.ADMIN);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("REVOKE ALL ON DATABASE " + PostgresServer.DATABASE + " FROM PUBLIC");
            statement.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
            for (String service : services) makeService(server, statement, service);
            connection.commit();
        }
    }

    private static void makeService(PostgresServer server, Statement statement, String service) throws SQLException {
        for (String role : List.of(owner(service), worker(service), queue(service))) {
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'"))
                statement.execute("CREATE ROLE " + role);
            String password = server.secrets().password(PostgresServer.passwordOf(role));
            statement.execute("ALTER ROLE " + role + " " + PLAIN + " PASSWORD '" + password + "'");
            statement.execute("ALTER ROLE " + role + " SET search_path = " + service);
            statement.execute("GRANT CONNECT ON DATABASE " + PostgresServer.DATABASE + " TO " + role);
        }
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + service + " AUTHORIZATION " + owner(service));
        statement.execute("GRANT USAGE ON SCHEMA " + service + " TO " + worker(service) + ", " + queue(service));
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    /** A connection as one of the roles. */
    static Connection open(PostgresServer server, String database, String role) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", role);
        properties.put("password", server.secrets().password(PostgresServer.passwordOf(role)));
        properties.put("connectTimeout", "2");
        properties.put("sslmode", "disable"); // loopback
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database, properties);
    }

    private static Connection connect(PostgresServer server, Duration limit) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return open(server, "postgres", PostgresServer.ADMIN);
            } catch (SQLException e) {
                // 08*: no connection yet; 57P03: starting up
                boolean starting = String.valueOf(e.getSQLState()).matches("08.*|57P03");
                if (!starting || System.nanoTime() > deadline)
                    throw new IOException(
                            "PostgreSQL does not answer on port " + server.port() + ": " + e.getMessage(), e);
                Thread.sleep(50); // it tells nobody when it takes connections, it must be asked
            }
        }
    }
}
