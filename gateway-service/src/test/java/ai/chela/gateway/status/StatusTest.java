package ai.chela.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.gateway.GatewayCase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StatusTest extends GatewayCase {
    @TestHTTPResource(value = "/health/ready", management = true)
    @SuppressWarnings("NullAway.Init") // set by the test extension
    URI ready;

    @TestHTTPResource(value = "/metrics", management = true)
    @SuppressWarnings("NullAway.Init") // set by the test extension
    URI metrics;

    @Test
    void it_is_ready_once_all_topics_are_joined() throws Exception {
        HttpResponse<String> answer = fetch(ready);
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("topics joined"), answer.body());
    }

    @Test
    void metrics_have_their_unit_in_their_names() throws Exception {
        say(ANNA, "m-1", "hello");
        String text = fetch(metrics).body();
        assertTrue(text.contains("chela_messages_accepted_total"), text);
        assertTrue(text.contains("chela_streams_open"), text);
    }

    @Test
    void channels_are_told_by_their_state() {
        Answer status = get(ANNA, "/api/v1/status");
        assertEquals("up", status.body().path("channels").path("http").asText());
        assertEquals("off", status.body().path("channels").path("xmpp").asText());
    }

    private HttpResponse<String> fetch(URI uri) throws Exception {
        return http().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
