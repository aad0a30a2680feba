package ai.chela.kit.test;

import ai.chela.contracts.Topic;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker and one PostgreSQL for the whole test run of a module, with the service's three roles and all topics.
 * Use: {@code @QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "agent"))}.
 */
public final class TestStack implements QuarkusTestResourceLifecycleManager {
    private record Servers(EmbeddedKafkaBroker broker, EmbeddedPostgres postgres) {}

    private static @Nullable Servers running;

    private String schema = "kit";

    @Override
    public void init(Map<String, String> initArgs) {
        schema = initArgs.getOrDefault("schema", schema);
    }

    @Override
    public synchronized Map<String, String> start() {
        try {
            Servers servers = servers();
            createSchema(servers.postgres());
            Path home = Files.createTempDirectory("chela-test");
            Files.createDirectories(home.resolve("config"));
            return settings(servers, home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        // Kept for the next test class; the shutdown hook ends both.
    }

    private static synchronized Servers servers() throws IOException, ExecutionException, InterruptedException {
        if (running != null) return running;
        EmbeddedKafkaBroker broker = new EmbeddedKafkaBroker().withNodeId(1).withKafkaPort(0);
        broker.start();
        createTopics(broker);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("shared_buffers", "32MB")
                .start();
        Servers started = new Servers(broker, postgres);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
        running = started;
        return started;
    }

    private static void close(Servers servers) {
        servers.broker().close();
        try {
            servers.postgres().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings(Servers servers, Path home) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", bootstrap(servers.broker()));
        String url = "postgresql://127.0.0.1:" + servers.postgres().getPort() + "/chela";
        settings.put("quarkus.datasource.reactive.url", "vertx-reactive:" + url + "?search_path=" + schema);
        settings.put("quarkus.datasource.queue.reactive.url", "vertx-reactive:" + url + "?search_path=" + schema);
        settings.put("quarkus.datasource.migration.jdbc.url", "jdbc:" + url);
        settings.put("quarkus.datasource.password", "test");
        settings.put("quarkus.datasource.queue.password", "test");
        settings.put("quarkus.datasource.migration.password", "test");
        settings.put("chela.config", home.resolve("config").toString());
        settings.put("chela.home", home.toString());
        settings.put("chela.log.json", "false");
        return settings;
    }

    private static String bootstrap(EmbeddedKafkaBroker broker) {
        String listeners = broker.getAdvertisedListeners();
        return listeners.substring(listeners.indexOf("://") + 3).split(",", 2)[0];
    }

    private static void createTopics(EmbeddedKafkaBroker broker) throws ExecutionException, InterruptedException {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap(broker));
        try (Admin admin = Admin.create(config)) {
            var created = admin.createTopics(Arrays.stream(Topic.values())
                            .map(topic -> new NewTopic(topic.topicName(), 2, (short) 1))
                            .toList())
                    .values();
            for (var topic : created.values()) await(topic);
        }
    }

    /** On a busy machine the client asks again before it has heard that the topic was made. */
    private static void await(KafkaFuture<Void> created) throws ExecutionException, InterruptedException {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) throw e;
        }
    }

    private void createSchema(EmbeddedPostgres postgres) throws SQLException {
        String role = "chela_" + schema;
        try (Connection c = postgres.getPostgresDatabase().getConnection();
                Statement s = c.createStatement()) {
            try (var found = s.executeQuery("select 1 from pg_database where datname = 'chela'")) {
                if (!found.next()) s.getConnection().createStatement().execute("create database chela");
            }
            try (var found = s.executeQuery("select 1 from pg_roles where rolname = '" + role + "'")) {
                if (found.next()) return;
            }
            for (String suffix : new String[] {"", "_queue", "_owner"})
                s.execute("create role " + role + suffix + " login password 'test'");
        }
        try (Connection c = postgres.getDatabase("postgres", "chela").getConnection();
                Statement s = c.createStatement()) {
            s.execute("create schema " + schema + " authorization " + role + "_owner");
        }
    }
}
