package ai.chela.launcher.stack;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.kafka.KafkaBroker;
import ai.chela.launcher.postgres.PostgresServer;
import ai.chela.launcher.postgres.Roles;
import ai.chela.launcher.supervise.ChildSpec;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.LearnedStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a service is started: a native executable or a jar, and everything else from environment variables, which are the
 * same for both.
 *
 * @param natives what is run natively; the others on the JVM
 * @param ports by name of the listener, those of the whole stack
 */
record ServiceLaunch(
        Surroundings here,
        Path jvm,
        Natives natives,
        DataFolder data,
        Secrets secrets,
        KafkaBroker kafka,
        Map<String, Integer> ports) {

    /**
     * Set by the fault tests alone: the instances of a service look in the folder named after it for the points at which
     * they are to die.
     */
    private static final String CRASH_FOLDER = "CHELA_CRASH_FOLDER";

    private static final Duration TO_STOP = Duration.ofSeconds(20);

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** The variables that every process of the stack gets. */
    static Map<String, String> basics(Map<String, String> environment) {
        Map<String, String> basics = new TreeMap<>();
        for (String name : List.of("PATH", "LANG", "LC_ALL", "HOME", "TZ")) {
            String value = environment.get(name);
            if (value != null) basics.put(name, value);
        }
        return basics;
    }

    static Path jar(Path root, Service service) {
        return service.packaged(root).resolve("quarkus-run.jar");
    }

    ChildSpec of(Member member) throws IOException {
        Service service = member.service();
        Path home = data.home(member.name());
        Path temporary = DataFolder.folder(home.resolve("tmp"));
        Path executable = natives.executables().get(service);
        LearnedStart learned = executable == null ? learned(service) : LearnedStart.none();
        return new ChildSpec(
                member.name(),
                executable == null ? onJvm(service, temporary, learned) : natively(service, temporary, executable),
                environment(member, home),
                home,
                data.log(member.name()),
                ChildSpec.Preparation.NOTHING,
                Signal.TERM,
                learned.toStop(TO_STOP));
    }

    private LearnedStart learned(Service service) {
        if (here.environment().containsKey(LearnedStart.UNLEARNED)) return LearnedStart.none();
        return LearnedStart.at(service.cache(here.root()), here.environment());
    }

    private List<String> onJvm(Service service, Path temporary, LearnedStart learned) {
        List<String> command = new ArrayList<>(List.of(
                jvm.toString(),
                "-Xmx" + service.heapMegabytes() + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(properties(service, temporary));
        command.addAll(learned.options());
        command.addAll(List.of("-jar", jar(here.root(), service).toString()));
        return command;
    }

    /** A native executable takes the few options of its own runtime that it knows, and properties, as a JVM does. */
    private static List<String> natively(Service service, Path temporary, Path executable) {
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "-Xmx" + service.heapMegabytes() + "m",
                // new objects are collected when there are so many of them: by itself it waits for far more
                "-Xmn8m",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(properties(service, temporary));
        return command;
    }

    private static List<String> properties(Service service, Path temporary) {
        String folder = "-Djava.io.tmpdir=" + temporary;
        // only the gateway has a door of its own; the others would all take Quarkus' default port
        return service == Service.GATEWAY ? List.of(folder) : List.of(folder, "-Dquarkus.http.host-enabled=false");
    }

    private Map<String, String> environment(Member member, Path home) throws IOException {
        Service service = member.service();
        String name = service.shortName();
        Map<String, String> all = basics(here.environment());
        for (String passed : List.of("CHELA_TRACE_LOG", "CHELA_OTLP_ENDPOINT")) {
            String value = here.environment().get(passed);
            if (value != null) all.put(passed, value);
        }
        String crashes = here.environment().get(CRASH_FOLDER);
        if (crashes != null)
            all.put(
                    CRASH_FOLDER,
                    DataFolder.folder(Path.of(crashes, service.folder())).toString());
        all.put("CHELA_INSTANCE", member.instance());
        all.put("CHELA_TENANT", "local");
        all.put("CHELA_KAFKA_BOOTSTRAP", kafka.bootstrap());
        all.put("CHELA_KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT");
        all.put("CHELA_KAFKA_SASL_MECHANISM", "PLAIN");
        all.put("CHELA_KAFKA_JAAS", kafka.jaas(name));
        all.put("CHELA_DB_HOST", "127.0.0.1");
        all.put("CHELA_DB_PORT", port(Ports.POSTGRES));
        all.put("CHELA_DB_NAME", PostgresServer.DATABASE);
        all.put("CHELA_DB_PASSWORD", secrets.password(PostgresServer.passwordOf(Roles.worker(name))));
        all.put("CHELA_DB_QUEUE_PASSWORD", secrets.password(PostgresServer.passwordOf(Roles.queue(name))));
        all.put("CHELA_DB_MIGRATION_PASSWORD", secrets.password(PostgresServer.passwordOf(Roles.owner(name))));
        all.put("CHELA_MANAGEMENT_HOST", "127.0.0.1");
        all.put("CHELA_MANAGEMENT_PORT", port(member.managementPort()));
        all.put("CHELA_CONFIG", data.config().toString());
        all.put("CHELA_HOME", home.toString());
        switch (service) {
            case GATEWAY -> {
                all.put("CHELA_HTTP_HOST", "127.0.0.1");
                all.put("CHELA_HTTP_PORT", port(member.httpPort()));
                all.put("CHELA_TOKEN_FILE", data.token().toString());
                all.put("CHELA_OWN_ADDRESSES", ownAddresses());
                all.putAll(referred("channels.yaml"));
            }
            case SCHEDULER -> all.put("CHELA_OWN_ADDRESSES", ownAddresses());
            case AGENT -> all.putAll(referred("models.yaml"));
            case MEMORY -> {
                all.put("CHELA_MASTER_KEY", "file:" + data.masterKey());
                all.putAll(referred("memory.yaml"));
            }
            case TOOL_RUNNER -> {}
        }
        return all;
    }

    private String port(String name) {
        Integer port = ports.get(name);
        if (port == null) throw new IllegalStateException("no port was chosen for " + name);
        return port.toString();
    }

    private String ownAddresses() {
        return String.join(
                ",", ports.values().stream().map(it -> "127.0.0.1:" + it).toList());
    }

    /** The variables of the calling shell that a configuration file refers to, comments aside: no service gets others. */
    private Map<String, String> referred(String file) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (String line : Files.readAllLines(data.config().resolve(file))) {
            if (line.strip().startsWith("#")) continue;
            Matcher matcher = REFERENCE.matcher(line);
            while (matcher.find()) {
                String value = here.environment().get(matcher.group(1));
                if (value != null) found.put(matcher.group(1), value);
            }
        }
        return found;
    }
}
