package ai.chela.agent.extract;

import ai.chela.kit.wire.WireJson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A model behind an OpenAI-compatible endpoint that streams and says what it was told to, whatever it is asked. */
public final class FakeModel implements QuarkusTestResourceLifecycleManager {
    private @Nullable HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String says = "";
    private volatile int status = 200;

    /** From now on it answers so. */
    void says(String answer) {
        says = answer;
        status = 200;
    }

    /** From now on it answers with that status of HTTP. */
    void fails(int with) {
        status = with;
    }

    /** The bodies of all requests that hold {@code text}. */
    List<String> asked(String text) {
        return asked.stream().filter(body -> body.contains(text)).toList();
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/v1/chat/completions", this::answer);
            started.start();
            server = started;
            Path config = Files.createTempDirectory("config");
            Files.writeString(config.resolve("models.yaml"), """
                    models:
                      - name: fake
                        base-url: http://127.0.0.1:%d/v1
                        model: fake
                        timeout: 10s
                    learning: {a-day: 3}
                    """.formatted(
                            started.getAddress().getPort()));
            return Map.of("chela.config", config.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                String text = says;
                for (int at = 0; at < text.length(); at += 2_000)
                    chunk(body, Map.of("content", text.substring(at, Math.min(text.length(), at + 2_000))), null);
                chunk(body, Map.of(), "stop");
                body.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void chunk(OutputStream body, Map<String, Object> delta, @Nullable String finish)
            throws IOException {
        Map<String, Object> choice = new HashMap<>(Map.of("index", 0, "delta", delta));
        choice.put("finish_reason", finish);
        String json = WireJson.text(
                Map.of("id", "fake", "object", "chat.completion.chunk", "model", "fake", "choices", List.of(choice)));
        body.write(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, field -> field.getType().equals(FakeModel.class));
    }

    @Override
    public void stop() {
        if (server != null) server.stop(0);
    }
}
