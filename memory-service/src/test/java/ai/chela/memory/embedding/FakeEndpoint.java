package ai.chela.memory.embedding;

import ai.chela.kit.wire.WireJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** An OpenAI-compatible {@code /v1/embeddings} that behaves as a test wants. */
final class FakeEndpoint implements AutoCloseable {
    static final int DIMENSIONS = 8;

    /** What it does with a request: nothing is sent but what this sends. */
    interface Behaviour {
        void answer(HttpExchange exchange, JsonNode request) throws IOException;
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> credentials = Collections.synchronizedList(new ArrayList<>());
    private volatile Behaviour behaviour = FakeEndpoint::vectors;

    FakeEndpoint() throws IOException {
        this("http", HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    FakeEndpoint(SSLContext certificate) throws IOException {
        this("https", secure(certificate));
    }

    private static HttpServer secure(SSLContext certificate) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        return server;
    }

    private FakeEndpoint(String scheme, HttpServer made) {
        this.scheme = scheme;
        this.server = made;
        server.createContext("/v1/embeddings", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String baseUrl() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    List<String> credentials() {
        return List.copyOf(credentials);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request =
                    WireJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
            credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            behaviour.answer(exchange, request);
            requests.add(request);
        }
    }

    /** As it should be: vectors that differ with the text, in another order than that of the texts. */
    static void vectors(HttpExchange exchange, JsonNode request) throws IOException {
        vectors(exchange, request, DIMENSIONS);
    }

    static void vectors(HttpExchange exchange, JsonNode request, int dimensions) throws IOException {
        List<String> items = new ArrayList<>();
        for (int i = request.path("input").size() - 1; i >= 0; i--)
            items.add("{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":"
                    + WireJson.text(vector(request.path("input").get(i).asText(), dimensions)) + "}");
        send(exchange, 200, "{\"object\":\"list\",\"data\":[" + String.join(",", items) + "],\"model\":\"fake\"}");
    }

    /** Not of length 1. */
    static float[] vector(String text, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) vector[i] = 1 + (text.hashCode() >>> i & 7);
        return vector;
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
