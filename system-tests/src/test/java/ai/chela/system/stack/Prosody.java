package ai.chela.system.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real XMPP server with accounts of the test's own; everybody's password is {@code secret-} and the name. */
public final class Prosody implements AutoCloseable {
    private final Path program;
    private final Path home;
    private final Path config;
    private final int port;
    private final Process process;

    private Prosody(Path program, String... users) throws IOException {
        this.program = program;
        home = Files.createTempDirectory("chela-prosody");
        config = home.resolve("prosody.cfg.lua");
        port = freePort();
        configure();
        for (String user : users) register(user);
        process = new ProcessBuilder(program.toString(), "-F", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("prosody.out").toFile())
                .start();
        Await.until("Prosody", this::answers);
    }

    /** Starts one; a test without Prosody does not run. */
    public static Prosody start(String... users) {
        Path program = Needs.prosody();
        try {
            return new Prosody(program, users);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
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
                modules_enabled = { "roster", "saslauth", "disco", "ping", "smacks", "offline", "presence", "message", "iq" }
                modules_disabled = { "s2s", "tls" }
                c2s_require_encryption = false
                allow_unencrypted_plain_auth = true
                authentication = "internal_hashed"
                storage = "internal"
                log = { info = "%1$s/prosody.log" }
                VirtualHost "localhost"
                """.formatted(home, port));
    }

    private void register(String user) {
        List<String> command = new ArrayList<>(List.of(
                program.resolveSibling("prosodyctl").toString(),
                "--config",
                config.toString(),
                "register",
                user,
                "localhost",
                passwordOf(user)));
        Programs.run(home, Map.of(), Duration.ofSeconds(60), command).ok();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException _) {
            return false; // not yet
        }
    }

    public static String passwordOf(String user) {
        return "secret-" + user;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        Programs.remove(home);
    }
}
