package ai.chela.launcher.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Topic;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.kafka.KafkaBroker;
import ai.chela.launcher.kafka.Topics;
import ai.chela.launcher.supervise.Child;
import ai.chela.launcher.supervise.ChildSpec;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.LearnedStart;
import ai.chela.launcher.supervise.ProcessId;
import ai.chela.launcher.supervise.Signals;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The real Kafka and the real PostgreSQL, started, used, killed, stopped and started again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealPartsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> SERVICES = List.of("agent", "memory");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final BlockingQueue<ProcessId> STARTED = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    private static PostgresServer postgres;

    @SuppressWarnings("NullAway.Init")
    private static KafkaBroker kafka;

    @SuppressWarnings("NullAway.Init")
    private static Child database;

    @SuppressWarnings("NullAway.Init")
    private static Child broker;

    @BeforeAll
    static void start() throws Exception {
        DataFolder data = new DataFolder(folder.resolve("da ta"));
        data.prepare();
        List<String> accounts = new ArrayList<>(
                Roles.all(SERVICES).stream().map(PostgresServer::passwordOf).toList());
        for (String user : List.of("agent", KafkaBroker.ADMIN)) accounts.add(KafkaBroker.account(user));
        Secrets secrets = Secrets.of(data, accounts);
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        Account account = Account.choose();
        postgres = new PostgresServer(
                data, PostgresServer.homeFor(data, account), account, secrets, freePort(), 40, environment);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        kafka = new KafkaBroker(
                Path.of("..").toAbsolutePath().normalize(),
                java,
                data,
                secrets,
                freePort(),
                freePort(),
                List.of("agent"),
                new LearnedStart(data.home("none").resolve("none"), false),
                environment);
        database = child(postgres.prepare());
        broker = child(kafka.prepare());
        database.start();
        broker.start();
        Roles.make(postgres, SERVICES, LIMIT);
        Topics.make(kafka, LIMIT);
    }

    @AfterAll
    static void stop() throws Exception {
        database.stop();
        broker.stop();
    }

    @Test
    @Order(1)
    void every_topic_of_the_contracts_is_made() throws Exception {
        Set<String> names = topicsSeenBy(kafka.jaas("agent"));
        for (Topic topic : Topic.values()) assertTrue(names.contains(topic.topicName()), topic.topicName());
    }

    @Test
    @Order(2)
    void a_client_without_the_right_password_gets_nothing_from_kafka() {
        String wrong = kafka.jaas("agent").replaceAll("password=\"[^\"]*\"", "password=\"guess\"");
        assertThrows(ExecutionException.class, () -> topicsSeenBy(wrong));
    }

    @Test
    @Order(3)
    void no_role_of_a_service_is_superuser_or_passes_row_security() throws Exception {
        try (Connection admin = Roles.open(postgres, PostgresServer.DATABASE, PostgresServer.ADMIN);
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*), count(*) filter (where rolsuper or rolbypassrls or rolcreaterole)"
                                + " from pg_roles where rolname like 'chela\\_%' and rolname <> 'chela_admin'")) {
            assertTrue(rows.next());
            assertEquals(6, rows.getInt(1));
            assertEquals(0, rows.getInt(2));
        }
    }

    @Test
    @Order(4)
    void the_worker_cannot_make_tables_and_the_owner_can() throws Exception {
        execute(Roles.owner("agent"), "create table agent.kept (id int)");
        execute(Roles.owner("agent"), "insert into agent.kept values (7)");
        assertThrows(SQLException.class, () -> execute(Roles.worker("agent"), "create table agent.mine (id int)"));
        assertThrows(SQLException.class, () -> execute(Roles.worker("agent"), "select * from agent.kept"));
    }

    @Test
    @Order(5)
    void a_service_cannot_look_into_the_schema_of_another() {
        assertThrows(SQLException.class, () -> execute(Roles.worker("memory"), "select * from agent.kept"));
        assertThrows(SQLException.class, () -> execute(Roles.owner("memory"), "select * from agent.kept"));
        assertThrows(SQLException.class, () -> execute(Roles.owner("memory"), "create table public.x (id int)"));
    }

    @Test
    @Order(6)
    void what_lies_in_the_data_folder_is_its_owners_alone() throws Exception {
        assertEquals(
                "[OWNER_EXECUTE, OWNER_READ, OWNER_WRITE]",
                rights(postgres.data().path()));
        assertEquals("[OWNER_READ, OWNER_WRITE]", rights(postgres.data().keys().resolve("credentials.json")));
        assertEquals("[OWNER_READ, OWNER_WRITE]", rights(postgres.data().path().resolve("kafka/server.properties")));
        assertEquals("[OWNER_READ, OWNER_WRITE]", rights(postgres.data().log("postgres")));
    }

    @Test
    @Order(7)
    void killed_parts_come_back_with_their_data() throws Exception {
        STARTED.clear();
        Signals.send(database.process().orElseThrow(), Signal.KILL);
        Signals.send(broker.process().orElseThrow(), Signal.KILL);
        assertTrue(STARTED.poll(20, TimeUnit.SECONDS) != null);
        assertTrue(STARTED.poll(20, TimeUnit.SECONDS) != null);
        Roles.make(postgres, SERVICES, LIMIT);
        Topics.make(kafka, LIMIT);
        assertEquals(7, kept());
    }

    @Test
    @Order(8)
    void stopped_in_order_and_started_on_other_ports_they_have_their_data() throws Exception {
        assertTrue(database.stop());
        assertTrue(broker.stop());
        postgres = new PostgresServer(
                postgres.data(),
                postgres.home(),
                postgres.account(),
                postgres.secrets(),
                freePort(),
                40,
                postgres.environment());
        kafka = new KafkaBroker(
                kafka.root(),
                kafka.jvm(),
                kafka.data(),
                kafka.secrets(),
                freePort(),
                freePort(),
                kafka.users(),
                kafka.learned(),
                kafka.environment());
        database = child(postgres.prepare());
        broker = child(kafka.prepare());
        database.start();
        broker.start();
        Roles.make(postgres, SERVICES, LIMIT);
        Topics.make(kafka, LIMIT);
        assertEquals(7, kept());
        assertTrue(topicsSeenBy(kafka.jaas("agent")).contains(Topic.AUDIT.topicName()));
    }

    private static int kept() throws SQLException {
        try (Connection owner = Roles.open(postgres, PostgresServer.DATABASE, Roles.owner("agent"));
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery("select id from kept")) {
            assertTrue(rows.next());
            return rows.getInt(1);
        }
    }

    private static void execute(String role, String sql) throws SQLException {
        try (Connection connection = Roles.open(postgres, PostgresServer.DATABASE, role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String rights(Path path) throws Exception {
        return Files.getPosixFilePermissions(path).stream()
                .map(Object::toString)
                .sorted()
                .toList()
                .toString();
    }

    private static Set<String> topicsSeenBy(String jaas) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", kafka.bootstrap());
        properties.put("security.protocol", "SASL_PLAINTEXT");
        properties.put("sasl.mechanism", "PLAIN");
        properties.put("sasl.jaas.config", jaas);
        try (Admin admin = Admin.create(properties)) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS);
        }
    }

    private static Child child(ChildSpec spec) {
        return new Child(spec, new Child.Watcher() {
            @Override
            public void started(Child child, ProcessId process) {
                STARTED.add(process);
            }

            @Override
            public void died(Child child, String how, Duration delay) {}
        });
    }

    /** Free now, and not of the range that the kernel gives to outgoing connections. */
    private static int freePort() throws Exception {
        for (int port = 22_000 + (int) (ProcessHandle.current().pid() % 100); ; port++) {
            if (!TAKEN.add(port)) continue;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (java.io.IOException _) {
                continue;
            }
        }
    }

    private static final Set<Integer> TAKEN = new java.util.HashSet<>();
}
