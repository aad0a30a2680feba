package ai.chela.gateway;

import ai.chela.gateway.identity.Directory;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with a real Kafka and PostgreSQL, two people, and a scripted agent behind the topics. */
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "gateway"))
public abstract class GatewayCase {
    protected static final String LI = "token-of-li-0123456789";
    protected static final String ANNA = "token-of-anna-0123456789";
    protected static final String PEOPLE = """
            people:
              - id: li
                name: Li Wei
                zone: Asia/Shanghai
                language: zh
                owner: true
                token: file:li.token
              - id: anna
                name: Anna
                zone: Europe/Berlin
                language: en
                token: file:anna.token
                chat:
                  xmpp: [anna@localhost]
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ConfigProperty(name = "chela.config")
    protected Path config;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    protected String kafka;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    protected Directory directory;

    protected String conversation = "";

    @BeforeEach
    void arrive() throws IOException {
        conversation = "c-" + Ids.random();
        Path home = config.resolve("..");
        Files.writeString(home.resolve("li.token"), LI);
        Files.writeString(home.resolve("anna.token"), ANNA);
        people(PEOPLE);
    }

    /** Writes {@code people.yaml}, which is in force when this returns. */
    protected void people(String text) throws IOException {
        Files.writeString(config.resolve("people.yaml"), text);
        directory.refresh();
    }

    /** An answer: its status, its headers and its body as JSON. */
    protected record Answer(int status, Map<String, java.util.List<String>> headers, JsonNode body) {
        public String header(String name) {
            return headers.getOrDefault(name, java.util.List.of("")).getFirst();
        }

        public String text(String field) {
            return body.path(field).asText();
        }
    }

    protected Answer get(String token, String path) {
        return send(request(token, path).GET().build());
    }

    protected Answer post(String token, String path, String body) {
        return post(token, path, body.getBytes(StandardCharsets.UTF_8));
    }

    protected Answer post(String token, String path, byte[] body) {
        return send(request(token, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    protected Answer say(String token, String id, String text) {
        return post(
                token,
                messages(),
                JSON.createObjectNode().put("id", id).put("text", text).toString());
    }

    protected String messages() {
        return "/api/v1/conversations/" + conversation + "/messages";
    }

    protected HttpRequest.Builder request(String token, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        return request;
    }

    protected HttpClient http() {
        return HTTP;
    }

    protected Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
            return new Answer(response.statusCode(), response.headers().map(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
