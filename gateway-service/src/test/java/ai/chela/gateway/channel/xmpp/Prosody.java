package ai.chela.gateway.channel.xmpp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real XMPP server of this test's own, which can be stopped and started. */
final class Prosody implements AutoCloseable {
    private final Path home;
    private final Path config;
    private final int port;
    private final boolean archive;
    private @Nullable Process process;

    private Prosody(Path home, int port, boolean archive) {
        this.home = home;
        this.config = home.resolve("prosody.cfg.lua");
        this.port = port;
        this.archive = archive;
    }

    /** With an archive of every account's messages. */
    static Prosody start(int port, String... users) throws IOException, InterruptedException {
        return start(port, true, users);
    }

    static Prosody withoutArchive(int port, String... users) throws IOException, InterruptedException {
        return start(port, false, users);
    }

    /** Skips the test where there is no Prosody, unless the environment asks for strictness. */
    private static Prosody start(int port, boolean archive, String... users) throws IOException, InterruptedException {
        boolean there = Arrays.stream(String.valueOf(System.getenv("PATH")).split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prosody")));
        if (!there && "true".equals(System.getenv("CHELA_TEST_STRICT")))
            throw new AssertionError("Prosody is not on the PATH; install the Debian package prosody");
        assumeTrue(there, "Prosody is not on the PATH; install the Debian package prosody");
        Prosody prosody = new Prosody(Files.createTempDirectory("chela-prosody"), port, archive);
        prosody.configure();
        for (String user : users) prosody.control("register", user, "localhost", "secret-" + user);
        prosody.up();
        return prosody;
    }

    private void configure() throws IOException {
        Files.createDirectories(home.resolve("data"));
        Files.writeString(config, """
                run_as_root = true
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                certificates = "%1$s"
                plugin_paths = {}
                interfaces = { "127.0.0.1" }
                c2s_ports = { %2$d }
                c2s_interfaces = { "127.0.0.1" }
                s2s_ports = {}
                modules_enabled = { "roster", "saslauth", "disco", "ping", "smacks", "offline", "presence", "message", "iq"%3$s }
                modules_disabled = { "s2s", "tls" }
                c2s_require_encryption = false
                allow_unencrypted_plain_auth = true
                authentication = "internal_hashed"
                storage = "internal"
                smacks_hibernation_time = 2
                log = { info = "%1$s/prosody.log" }
                VirtualHost "localhost"
                """.formatted(home, port, archive ? ", \"mam\"" : ""));
    }

    private void control(String... command) throws IOException, InterruptedException {
        List<String> all = new java.util.ArrayList<>(List.of("prosodyctl", "--config", config.toString()));
        all.addAll(List.of(command));
        Process control = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("prosodyctl.log").toFile())
                .start();
        if (!control.waitFor(20, TimeUnit.SECONDS) || control.exitValue() != 0)
            throw new IOException("prosodyctl: " + Files.readString(home.resolve("prosodyctl.log")));
    }

    void up() throws IOException, InterruptedException {
        Process started = new ProcessBuilder("prosody", "-F", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("prosody.out").toFile())
                .start();
        process = started;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > end)
                throw new IOException("prosody did not start: " + Files.readString(home.resolve("prosody.out")));
            started.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    void down() throws InterruptedException {
        Process running = process;
        if (running == null) return;
        running.destroy();
        if (!running.waitFor(10, TimeUnit.SECONDS)) running.destroyForcibly().waitFor();
    }

    private boolean answers() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (java.net.ConnectException _) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        down();
    }
}
