package ai.chela.launcher.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Stands in for each of the five services: ready on its management port; as the gateway it accepts messages and answers
 * each with "heard: ..." on the stream of events.
 */
public final class FakeService {
    private static final String PREFIX = "/api/v1/conversations/";
    private static final List<String> EVENTS = new ArrayList<>();

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        server("CHELA_MANAGEMENT_PORT").createContext("/q/health/ready", it -> answer(it, 200, "{}"));
        if (System.getenv("CHELA_HTTP_PORT") == null) return;
        HttpServer api = server("CHELA_HTTP_PORT");
        api.createContext("/api/v1/status", it -> answer(it, 200, "{\"model\":null}"));
        api.createContext(PREFIX, FakeService::conversation);
    }

    private static HttpServer server(String port) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv(port))), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }

    private static void conversation(HttpExchange exchange) throws IOException {
        String token =
                Files.readString(Path.of(System.getenv("CHELA_TOKEN_FILE"))).strip();
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"title\":\"Unauthorized\",\"detail\":\"unknown token\"}");
        } else if (exchange.getRequestURI().getPath().endsWith("/messages")) {
            take(exchange);
        } else {
            stream(exchange);
        }
    }

    private static void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = body.replaceAll("(?s).*\"id\"\\s*:\\s*\"([^\"]*)\".*", "$1");
        String text = body.replaceAll("(?s).*\"text\"\\s*:\\s*\"([^\"]*)\".*", "$1");
        synchronized (EVENTS) {
            event("accepted", id, text, "");
            if (text.startsWith("fail")) event("failed", id, "no luck", ",\"code\":\"internal\"");
            else if (text.startsWith("run")) event("approval", id, "/approve a1b2", ",\"approval\":\"a1b2\"");
            else if (!text.startsWith("silence")) event("reply", id, "heard: " + text, "");
            EVENTS.notifyAll();
        }
        answer(exchange, 202, "{}");
    }

    private static void event(String type, String id, String text, String more) {
        int number = EVENTS.size() + 1;
        EVENTS.add("id: " + number + "\nevent: " + type + "\ndata: {\"number\":" + number + ",\"inReplyTo\":\"" + id
                + "\",\"text\":\"" + text + "\"" + more + "}\n\n");
    }

    private static void stream(HttpExchange exchange) throws IOException {
        String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        int next;
        synchronized (EVENTS) {
            next = (int) Math.min(EVENTS.size(), last == null ? 0 : Long.parseLong(last));
        }
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(": open\n\n".getBytes(StandardCharsets.UTF_8));
            body.flush();
            while (true) {
                String event;
                synchronized (EVENTS) {
                    while (EVENTS.size() <= next) EVENTS.wait();
                    event = EVENTS.get(next++);
                }
                body.write(event.getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
