package ai.chela.system.stack;

import ai.chela.system.api.Json;
import ai.chela.system.api.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A stack with a data folder of its own, started and stopped by {@code ./chela} of this repository. */
public final class Stack implements AutoCloseable {
    /** The variable that asks for services as native executables, where there are any; a test run hands it on. */
    public static final String NATIVE = "CHELA_NATIVE";

    private static final Duration COMMAND = Duration.ofSeconds(120);
    private static final Duration START = Duration.ofSeconds(300);

    /** Listeners of one stack, with room. */
    private static final int STRIDE = 20;

    /** Where ports are looked for; out of the range that the kernel gives to outgoing connections. */
    private static final int PORTS = Integer.getInteger("chela.test.ports", 26_000);

    private final Path root;
    private final Path data;
    private final int port;
    private final int instances;
    private final Map<String, String> more;
    private final AtomicInteger people = new AtomicInteger();
    private volatile boolean left;
    private volatile Runnable ended = () -> {};

    private Stack(Path root, Path data, int port, int instances, Map<String, String> more) {
        this.root = root;
        this.data = data;
        this.port = port;
        this.instances = instances;
        this.more = Map.copyOf(more);
    }

    /** A stack that has not been started, with one instance of each service. */
    public static Stack fresh() {
        return fresh(1, Map.of());
    }

    /**
     * A stack that has not been started.
     *
     * @param instances of each service
     * @param variables that {@code ./chela} gets besides
     */
    public static Stack fresh(int instances, Map<String, String> variables) {
        try {
            Path root = Path.of(System.getProperty("chela.root", "..")).toRealPath();
            return new Stack(root, Files.createTempDirectory("chela-system-test"), freePort(), instances, variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        int places = 400 / STRIDE;
        int begin = ThreadLocalRandom.current().nextInt(places);
        for (int i = 0; i < places; i++) {
            int port = PORTS + (begin + i) % places * STRIDE;
            if (isFree(port) && isFree(port + 1) && isFree(port + 3)) return port;
        }
        throw new AssertionError("no free ports between " + PORTS + " and " + (PORTS + 399));
    }

    /** True when a listener could take this port on loopback now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Starts it; returns what {@code up --detach} said when the first message would be answered. */
    public String up() {
        return run(
                        START,
                        List.of(
                                "up",
                                "--detach",
                                "--port",
                                Integer.toString(port),
                                "--instances",
                                Integer.toString(instances)))
                .ok();
    }

    public String down() {
        return chela("down").ok();
    }

    /** {@code ./chela} with these arguments, on this stack's data folder. */
    public Finished chela(String... arguments) {
        return run(COMMAND, List.of(arguments));
    }

    private Finished run(Duration limit, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("chela").toString()));
        command.addAll(arguments);
        return Programs.run(root, variables(), limit, command);
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("CHELA_DATA", data.toString());
        variables.put("CHELA_JAVA_HOME", System.getProperty("java.home"));
        // what was built is what is tested
        variables.put("CHELA_AS_BUILT", "true");
        variables.put("CHELA_TRACE_LOG", "INFO");
        variables.put("LC_ALL", "C.UTF-8");
        String natively = System.getenv(NATIVE);
        if (natively != null) variables.put(NATIVE, natively);
        variables.putAll(more);
        return variables;
    }

    public Path data() {
        return data;
    }

    public Path root() {
        return root;
    }

    public int port() {
        return port;
    }

    /** An address on the gateway. */
    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public Person owner() {
        return new Person(this, read(data.resolve("token")).strip());
    }

    /** A person whom nobody has talked to, with memories and reminders of their own. */
    public Person newcomer(String language) {
        String id = "guest-" + people.incrementAndGet();
        String zone = language.equals("zh") ? "Asia/Shanghai" : "Europe/Berlin";
        chela("person", "add", "Guest " + id, "--id", id, "--language", language, "--zone", zone)
                .ok();
        Person person = new Person(
                this, read(data.resolve("people").resolve(id + ".token")).strip());
        Await.until("the person " + id, () -> person.get("/api/v1/me").statusCode() == 200);
        return person;
    }

    /** What {@code status --json} says. */
    public JsonNode status() {
        return Json.read(chela("status", "--json").out());
    }

    /** What {@code stack.json} says of the process with this name; empty while it does not run. */
    public Optional<ProcessHandle> process(String name) {
        JsonNode pid = Json.read(read(data.resolve("stack.json"))).at("/processes/" + name + "/pid");
        return pid.isNumber() ? ProcessHandle.of(pid.asLong()).filter(ProcessHandle::isAlive) : Optional.empty();
    }

    /** The launcher, which keeps the processes running. */
    public ProcessHandle supervisor() {
        return ProcessHandle.of(Json.read(read(data.resolve("stack.json")))
                        .at("/supervisor/pid")
                        .asLong())
                .orElseThrow();
    }

    /** The listener of the stack with this name, such as {@code kafka} or {@code management-agent-service}. */
    public int listener(String name) {
        return Json.read(read(data.resolve("stack.json"))).at("/ports/" + name).asInt();
    }

    /** Replaces a file of the configuration as a whole, as an editor does. */
    public void configure(String file, String content) {
        try {
            Path target = data.resolve("config").resolve(file);
            Path fresh = data.resolve("edited." + target.getFileName());
            Files.writeString(fresh, content);
            Files.move(
                    fresh,
                    target,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a file of the configuration. */
    public void unconfigure(String file) {
        try {
            Files.deleteIfExists(data.resolve("config").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String configuration(String file) {
        return read(data.resolve("config").resolve(file));
    }

    /** The whole log of a process. */
    public String log(String process) {
        return read(data.resolve("logs").resolve(process + ".log"));
    }

    /** The end of what the processes logged that was not plain progress: what to look at after a failure. */
    public String troubles() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
            for (Path log : logs.sorted().toList()) {
                List<String> lines = Files.readAllLines(log).stream()
                        .filter(line -> !line.contains("\"level\":\"INFO\"") && !line.contains("] INFO "))
                        .toList();
                text.append("== ").append(log.getFileName()).append('\n');
                lines.subList(Math.max(0, lines.size() - 15), lines.size())
                        .forEach(line -> text.append(line, 0, Math.min(line.length(), 600))
                                .append('\n'));
            }
        } catch (IOException e) {
            text.append(e);
        }
        return text.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on {@link #close} leaves it as it is, for people to look into. */
    public void leave() {
        left = true;
    }

    /** Done when it is stopped and its data are still there. */
    public void whenStopped(Runnable action) {
        ended = action;
    }

    /** Stops it and removes its data. */
    @Override
    public void close() {
        if (left) return;
        down();
        ended.run();
        Programs.remove(data);
    }
}
