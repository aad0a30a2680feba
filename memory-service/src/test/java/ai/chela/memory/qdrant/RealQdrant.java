package ai.chela.memory.qdrant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real Qdrant server: the one of {@code CHELA_TEST_QDRANT_URL} ({@code http://127.0.0.1:6334}, the gRPC port; with {@code
 * CHELA_TEST_QDRANT_KEY} where it wants a key), or one in a container where Docker has its image.
 *
 * @param settings to reach it
 */
record RealQdrant(Map<String, String> settings, Optional<String> container) implements AutoCloseable {
    static final String NEEDED = "a Qdrant server: set CHELA_TEST_QDRANT_URL, or let Docker have " + image();

    private static String image() {
        return "qdrant/qdrant:v1.18.1";
    }

    static Optional<RealQdrant> find() throws IOException, InterruptedException {
        String url = System.getenv("CHELA_TEST_QDRANT_URL");
        if (url != null && !url.isBlank()) return Optional.of(new RealQdrant(given(URI.create(url)), Optional.empty()));
        if (docker("image", "inspect", image()).isEmpty()) return Optional.empty();
        int port = freePort();
        Optional<String> container =
                docker("run", "--rm", "--detach", "--publish", "127.0.0.1:" + port + ":6334", image());
        return container.map(id ->
                new RealQdrant(Map.of("chela.memory.qdrant.port", String.valueOf(port)), Optional.of(id.strip())));
    }

    private static Map<String, String> given(URI url) {
        Map<String, String> settings = new HashMap<>();
        settings.put("chela.memory.qdrant.host", url.getHost());
        settings.put("chela.memory.qdrant.port", String.valueOf(url.getPort() < 0 ? 6334 : url.getPort()));
        settings.put("chela.memory.qdrant.tls", String.valueOf("https".equals(url.getScheme())));
        if (System.getenv("CHELA_TEST_QDRANT_KEY") != null)
            settings.put("chela.memory.qdrant.api-key", "\\${CHELA_TEST_QDRANT_KEY}");
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What it printed; nothing where there is no Docker, or it fails. */
    private static Optional<String> docker(String... arguments) throws InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(printed)
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // there is no such program
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (container.isPresent()) docker("rm", "--force", container.get());
    }
}
