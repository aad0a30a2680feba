package ai.chela.system.fault;

import ai.chela.system.api.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an OpenAI-compatible endpoint that streams. What it says follows from the sign in the last message and
 * from how often it was asked in all, so that two answers to one message never read the same.
 */
final class FakeModel implements AutoCloseable {
    /** What a message says that the model is to store: it calls a tool then. */
    static final String STORE = "stow away";
    /** What a message says that is to take longer than a lease. */
    static final String SLOWLY = "at leisure";

    private static final Pattern SIGN = Pattern.compile("\\bparcel-\\d+-\\d+\\b");
    private static final long SLOW_MILLIS = 6_000;
    /** Long enough for its holder to be killed between two rounds: what the first has brought must not be asked again. */
    private static final long SECOND_ROUND_MILLIS = 2_000;

    private final HttpServer server;
    private final Journal journal;
    private final AtomicInteger asked = new AtomicInteger();

    FakeModel(Journal journal) {
        this.journal = journal;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    /** As {@code base-url} of a model names it. */
    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    int asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String text = "";
            int results = 0;
            for (JsonNode message : request.path("messages")) {
                switch (message.path("role").asText()) {
                    case "user" -> {
                        text = content(message);
                        results = 0;
                    }
                    case "tool" -> results++;
                    default -> {}
                }
            }
            Matcher sign = SIGN.matcher(text);
            int call = asked.incrementAndGet();
            if (!sign.find()) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            journal.add(new Entry.ModelAsked(Instant.now(), sign.group(), results));
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                if (text.contains(STORE) && results == 0) callTool(body, sign.group(), call);
                else speak(body, sign.group(), call, time(text, results, call));
            }
        }
    }

    private static String content(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isTextual()
                ? content.asText()
                : content.path(0).path("text").asText();
    }

    private static void callTool(OutputStream body, String sign, int call) throws IOException {
        Map<String, Object> function = Map.of(
                "name",
                "memory__remember",
                "arguments",
                Json.write(Map.of("text", "the shelf of " + sign + " is " + call)));
        Map<String, Object> tool = Map.of("index", 0, "id", "call-" + call, "type", "function", "function", function);
        chunk(body, Map.of("role", "assistant", "tool_calls", List.of(tool)), null);
        chunk(body, Map.of(), "tool_calls");
        end(body);
    }

    private static long time(String text, int results, int call) {
        if (text.contains(SLOWLY)) return SLOW_MILLIS;
        return results > 0 ? SECOND_ROUND_MILLIS : call % 5 * 40L;
    }

    private static void speak(OutputStream body, String sign, int call, long millis) throws IOException {
        chunk(body, Map.of("role", "assistant", "content", "Of " + sign), null);
        pause(millis);
        chunk(body, Map.of("content", " I have heard, "), null);
        chunk(body, Map.of("content", "answer " + call + "."), null);
        chunk(body, Map.of(), "stop");
        end(body);
    }

    /** A model takes its time; this is the behaviour of the fake, not a wait for something. */
    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void chunk(OutputStream body, Map<String, Object> delta, @Nullable String finish)
            throws IOException {
        Map<String, Object> choice = new HashMap<>(Map.of("index", 0, "delta", delta));
        choice.put("finish_reason", finish);
        write(
                body,
                Json.write(Map.of(
                        "id", "fake", "object", "chat.completion.chunk", "model", "fake", "choices", List.of(choice))));
    }

    private static void end(OutputStream body) throws IOException {
        write(body, "[DONE]");
    }

    private static void write(OutputStream body, String data) throws IOException {
        body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
