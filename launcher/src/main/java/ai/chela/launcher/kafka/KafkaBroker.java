package ai.chela.launcher.kafka;

import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.supervise.ChildSpec;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.LearnedStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * One broker, its own controller, as a process: loopback only, and every client names itself with a password.
 *
 * @param root the project's folder
 * @param jvm the java program
 * @param users the accounts besides {@link #ADMIN}
 * @param learned of the broker's own JVM
 */
public record KafkaBroker(
        Path root,
        Path jvm,
        DataFolder data,
        Secrets secrets,
        int port,
        int controllerPort,
        Collection<String> users,
        LearnedStart learned,
        Map<String, String> environment) {

    public static final String NAME = "kafka";
    /** The account that makes topics, and that the broker uses towards its controller. */
    public static final String ADMIN = "admin";

    /** The name under which the password of a Kafka user is kept. */
    public static String account(String user) {
        return "kafka/" + user;
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** The line with which a client names itself. */
    public String jaas(String user) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + secrets.password(account(user)) + "\";";
    }

    /** Writes the broker's properties, and formats its storage the first time. */
    public ChildSpec prepare() throws IOException, InterruptedException {
        Path home = data.home(NAME);
        DataFolder.folder(home.resolve("tmp"));
        Path properties = home.resolve("server.properties");
        DataFolder.write(properties, properties(home.resolve("data")));
        if (!Files.exists(home.resolve("data/meta.properties"))) format(home, properties);
        List<String> command = java(home, learned.options());
        command.addAll(List.of("-Xmx256m", "kafka.Kafka", properties.toString()));
        return new ChildSpec(
                NAME,
                command,
                environment,
                home,
                data.log(NAME),
                ChildSpec.Preparation.NOTHING,
                Signal.TERM,
                learned.toStop(Duration.ofSeconds(15)));
    }

    private List<String> java(Path home, List<String> compiling) {
        Path target = root.resolve("launcher/target");
        List<String> command = new ArrayList<>(List.of(jvm.toString(), "-XX:+UseSerialGC"));
        command.addAll(compiling);
        command.addAll(List.of(
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + home.resolve("tmp"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                // the compression codecs lie among the launcher's own libraries
                "-cp",
                target.resolve("kafka") + "/*:" + target.resolve("lib") + "/*"));
        return command;
    }

    private void format(Path home, Path properties) throws IOException, InterruptedException {
        List<String> command = java(home, List.of("-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("kafka.tools.StorageTool", "format", "--standalone", "--ignore-formatted"));
        command.addAll(List.of("-t", clusterId(), "-c", properties.toString()));
        DataFolder.touch(data.log(NAME));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.log(NAME).toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        if (exit != 0) throw new IOException("Kafka's storage could not be formatted; see " + data.log(NAME));
    }

    /** Kafka's form of a random id: 16 bytes, base64url without padding, not beginning with a dash. */
    private static String clusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return text.startsWith("-") ? clusterId() : text;
    }

    private String properties(Path storage) {
        StringBuilder known = new StringBuilder();
        for (String user : users) known.append(userLine(user));
        known.append(userLine(ADMIN));
        String server = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + ADMIN
                + "\" password=\"" + secrets.password(account(ADMIN)) + "\"" + known + ";";
        return String.format(Locale.ROOT, """
                # written at every start: changes here do not last
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
                inter.broker.listener.name=CLIENT
                sasl.enabled.mechanisms=PLAIN
                sasl.mechanism.inter.broker.protocol=PLAIN
                sasl.mechanism.controller.protocol=PLAIN
                listener.name.client.plain.sasl.jaas.config=%4$s
                listener.name.controller.plain.sasl.jaas.config=%4$s
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                # a broker that was killed may come back only when its controller has given the one before up
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=1000
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                num.recovery.threads.per.data.dir=1
                log.cleaner.dedupe.buffer.size=8388608
                log.index.size.max.bytes=1048576
                log.retention.check.interval.ms=60000
                metadata.max.retention.ms=86400000
                metadata.log.max.snapshot.interval.ms=3600000
                telemetry.max.bytes=1048576
                """, port, controllerPort, storage, server);
    }

    private String userLine(String user) {
        return " user_" + user + "=\"" + secrets.password(account(user)) + "\"";
    }
}
