package ai.chela.launcher.doctor;

import ai.chela.launcher.data.Json;
import ai.chela.launcher.language.Language;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An Ollama on this machine: its models, and the lines that configure one. */
final class Ollama {
    static final String ADDRESS = "http://127.0.0.1:11434";

    private Ollama() {}

    /** The names of its models; empty when none answers there. */
    static Optional<List<String>> models(String address) throws InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/tags"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) return Optional.empty();
            List<String> names = new ArrayList<>();
            for (JsonNode model : Json.MAPPER.readTree(response.body()).path("models")) {
                String name = model.path("name").asText("");
                if (name.matches("[\\w./:-]{1,200}")) names.add(name);
            }
            return Optional.of(names);
        } catch (IOException _) {
            return Optional.empty(); // nothing there, or something else than an Ollama
        }
    }

    /** What to tell a person about it. */
    static Finding finding(Language language, Optional<List<String>> models, String suffix) {
        if (models.isEmpty())
            return Finding.lacking(language.say(
                    "no Ollama at %s; any OpenAI-compatible model can be configured in models.yaml",
                    "%s 没有 Ollama；可在 models.yaml 中配置任何兼容 OpenAI 的模型", ADDRESS));
        if (models.get().isEmpty())
            return Finding.lacking(language.say(
                    "Ollama answers at %s but has no model: `ollama pull qwen3:8b`",
                    "%s 的 Ollama 没有模型：`ollama pull qwen3:8b`", ADDRESS));
        return Finding.fine(language.say(
                "Ollama with %s. To use it:%n       ./chela down%s%n       CHELA_MODEL_BASE_URL=%s/v1 CHELA_MODEL_NAME=%s ./chela up%s",
                "Ollama，模型：%s。使用方法：%n       ./chela down%s%n       CHELA_MODEL_BASE_URL=%s/v1 CHELA_MODEL_NAME=%s ./chela up%s",
                String.join(", ", models.get()),
                suffix,
                ADDRESS,
                models.get().getFirst(),
                suffix));
    }
}
