package ai.chela.system.api;

import ai.chela.system.stack.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Somebody with a token. */
public final class Person {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private final Stack stack;
    private final String token;

    public Person(Stack stack, String token) {
        this.stack = stack;
        this.token = token;
    }

    public String token() {
        return token;
    }

    /** A conversation that nothing was said in. */
    public Conversation conversation() {
        return conversation("c-" + UUID.randomUUID());
    }

    public Conversation conversation(String name) {
        return new Conversation(this, name);
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** The body of a successful GET. */
    public JsonNode view(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) throw new AssertionError(path + ": " + answer.statusCode() + answer.body());
        return Json.read(answer.body());
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path).POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> post(String path, byte[] body) {
        return send(request(path).POST(BodyPublishers.ofByteArray(body)));
    }

    /** Posts a message; returns the whole answer. */
    public HttpResponse<String> post(String conversation, String id, String text) {
        return post("/api/v1/conversations/" + conversation + "/messages", Json.write(Map.of("id", id, "text", text)));
    }

    /** Opens the events of a conversation after the event with this number. */
    public EventStream events(String conversation, long after) {
        try {
            HttpResponse<InputStream> answer = CLIENT.send(
                    request("/api/v1/conversations/" + conversation + "/events")
                            .header("Accept", "text/event-stream")
                            .header("Last-Event-ID", Long.toString(after))
                            .GET()
                            .build(),
                    BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) throw new AssertionError("events: " + answer.statusCode());
            return new EventStream(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(stack.address(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    /** @throws UncheckedIOException when there is nobody to answer */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
