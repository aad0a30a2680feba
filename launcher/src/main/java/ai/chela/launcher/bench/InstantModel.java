package ai.chela.launcher.bench;

import ai.chela.launcher.data.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A model behind an OpenAI-compatible endpoint that streams the same few words to whoever asks, without thinking. */
final class InstantModel implements AutoCloseable {
    static final String NAME = "bench-instant";
    private static final List<String> WORDS = List.of("It still ", "guides ", "ships.");
    static final String ANSWER = String.join("", WORDS);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] stream;

    InstantModel() throws IOException {
        StringBuilder events = new StringBuilder();
        for (String word : WORDS) events.append(event(word, null));
        events.append(event("", "stop")).append("data: [DONE]\n\n");
        stream = events.toString().getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    /** As {@code base-url} of a model names it. */
    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private static String event(String content, @Nullable String finish) {
        ObjectNode chunk = Json.MAPPER.createObjectNode();
        chunk.put("id", "bench").put("object", "chat.completion.chunk").put("model", NAME);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("content", content);
        choice.put("finish_reason", finish);
        return "data: " + chunk + "\n\n";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(stream);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
