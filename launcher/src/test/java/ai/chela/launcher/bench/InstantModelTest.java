package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.data.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstantModelTest {
    @Test
    void it_streams_its_answer_as_openai_does() throws IOException, InterruptedException {
        try (InstantModel model = new InstantModel();
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(model.baseUrl() + "/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            List<String> data = http.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(it -> it.startsWith("data: "))
                    .map(it -> it.substring(6))
                    .toList();
            assertEquals("[DONE]", data.getLast());
            StringBuilder text = new StringBuilder();
            for (String event : data.subList(0, data.size() - 1))
                text.append(Json.MAPPER
                        .readTree(event)
                        .at("/choices/0/delta/content")
                        .asText());
            assertEquals(InstantModel.ANSWER, text.toString());
            assertTrue(data.get(data.size() - 2).contains("\"finish_reason\":\"stop\""));
        }
    }
}
