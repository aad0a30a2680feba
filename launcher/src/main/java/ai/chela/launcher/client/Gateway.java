package ai.chela.launcher.client;

import ai.chela.launcher.Problem;
import ai.chela.launcher.data.Json;
import ai.chela.launcher.language.Language;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The gateway's HTTP interface, as one person. */
public final class Gateway {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String address;
    private final String token;
    private final Language language;
    private final BooleanSupplier supervised;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    /**
     * @param address such as {@code http://127.0.0.1:8620}
     * @param token the person's bearer token
     * @param supervised whether somebody keeps the stack up, so that a gateway that is away will come back
     */
    public Gateway(String address, String token, Language language, BooleanSupplier supervised) {
        this.supervised = supervised;
        this.address = address;
        this.token = token;
        this.language = language;
    }

    /**
     * Hands a message in; the same id again is the same message.
     *
     * @return the number of its first event
     * @throws Problem when it was not accepted
     */
    public long post(String conversation, String id, String text) throws InterruptedException {
        String body =
                Json.MAPPER.createObjectNode().put("id", id).put("text", text).toString();
        String accepted = send(request(path(conversation, "messages"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        return read(accepted).path("number").asLong(1);
    }

    /** What the gateway says about model, persons and approvals. */
    public JsonNode status() throws InterruptedException {
        return read(send(request("/api/v1/status").GET().build()));
    }

    /** Confirms the code of an unknown chat address. */
    public JsonNode pair(String code) throws InterruptedException {
        return read(send(request("/api/v1/pairings/" + encode(code))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build()));
    }

    /**
     * Opens the stream of a conversation's events.
     *
     * @param after only what comes after this number; negative: only what comes from now on
     * @return empty when there is no such conversation yet
     */
    Optional<EventReader> events(String conversation, long after) throws InterruptedException, IOException {
        HttpRequest.Builder builder =
                request(path(conversation, "events")).timeout(PATIENCE).GET();
        builder.setHeader("Accept", "text/event-stream");
        // the gateway takes a number beyond the last one for the last one
        builder.header("Last-Event-ID", Long.toString(after >= 0 ? after : Long.MAX_VALUE));
        HttpResponse<InputStream> response = http.send(builder.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) return Optional.of(new EventReader(response.body()));
        try (InputStream body = response.body()) {
            String text = new String(body.readNBytes(64 << 10), StandardCharsets.UTF_8);
            if (response.statusCode() == 404) return Optional.empty();
            throw refusal(response.statusCode(), text);
        }
    }

    private static String path(String conversation, String what) {
        return "/api/v1/conversations/" + encode(conversation) + "/" + what;
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private String send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) return response.body();
            throw refusal(response.statusCode(), response.body());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Whether it is worth while to try again when nothing answers. */
    boolean comesBack() {
        return supervised.getAsBoolean();
    }

    /** Nothing listens, or what listens does not answer. */
    Problem unreachable(IOException cause) {
        return new Unavailable(
                language.say(
                        "Nothing answers at %s. Start it with `./chela up`, or see `./chela status`.",
                        "%s 没有响应。请用 `./chela up` 启动，或查看 `./chela status`。", address),
                cause);
    }

    private Problem refusal(int status, String body) {
        Map<String, String> said = problemFields(body);
        String detail = said.getOrDefault("detail", said.getOrDefault("title", ""));
        if (status == 401)
            return new Problem(language.say(
                    "The gateway at %s does not know this token (401). %s", "%s 的网关不认识这个令牌 (401)。%s", address, detail));
        if (status == 503)
            return new Unavailable(
                    language.say("The gateway cannot accept messages now (503): %s", "网关暂时无法接收消息 (503)：%s", detail),
                    new IOException("503"));
        String refused = language.say("Refused (%d): %s", "被拒绝 (%d)：%s", status, detail);
        return status == 429 ? new TooMany(refused) : new Problem(refused);
    }

    private static Map<String, String> problemFields(String body) {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            Map<String, String> fields = new java.util.HashMap<>();
            for (String name : new String[] {"title", "detail"})
                if (node.path(name).isTextual())
                    fields.put(name, node.path(name).asText());
            return fields;
        } catch (JsonProcessingException _) {
            return Map.of(); // not a problem document: the status alone must do
        }
    }

    private static JsonNode read(String body) {
        try {
            return body.isBlank() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Problem("The gateway answered with something that is not JSON", e);
        }
    }
}
