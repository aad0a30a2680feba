package ai.chela.system;

import static ai.chela.system.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Json;
import ai.chela.system.api.Person;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.NodePeers;
import ai.chela.system.stack.ScriptedModel;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's own client library, unchanged, talks to Chela. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiClientTest {
    private static final String CONVERSATION = "from-openai";

    private final Stack stack;
    private final Person person;
    private JsonNode seen = Json.read("{}");

    OpenAiClientTest(Stack stack) {
        NodePeers.install();
        this.stack = stack;
        person = stack.newcomer("en");
    }

    @BeforeAll
    void talk() {
        String before = stack.configuration("models.yaml");
        Conversation owner = stack.owner().conversation();
        try (ScriptedModel model = ScriptedModel.start()) {
            stack.configure("models.yaml", """
                    models:
                      - name: scripted
                        base-url: %s
                        model: scripted-1
                    """.formatted(model.baseUrl()));
            Await.until("the model", () -> owner.say("/status").contains("Model: scripted"));
            seen = Json.read(NodePeers.run(
                    "openai.mjs",
                    Map.of(
                            "BASE_URL",
                            stack.address("/v1").toString(),
                            "TOKEN",
                            person.token(),
                            "CONVERSATION",
                            CONVERSATION,
                            "MODEL",
                            "yes")));
        } finally {
            stack.configure("models.yaml", before);
            Await.until("no model", () -> owner.say("/status").contains("none configured"));
            owner.close();
        }
    }

    @Test
    void the_models_are_chela_and_chela_plain() {
        assertEquals(Json.read("[\"chela\",\"chela-plain\"]"), seen.path("models"));
    }

    @Test
    void an_answer_comes_whole() {
        assertEquals("chat.completion", seen.path("object").asText());
        assertSays(seen.path("whole").asText(), "42");
    }

    @Test
    void an_answer_comes_as_a_stream_that_ends() {
        assertSays(seen.path("streamed").asText(), "48");
        assertEquals("stop", seen.path("finish").asText());
    }

    @Test
    void the_same_idempotency_key_gets_the_same_answer_and_with_another_text_a_conflict() {
        assertSays(seen.path("first").asText(), "9");
        assertEquals(seen.path("first"), seen.path("again"));
        assertEquals(409, seen.path("conflict").asInt());
    }

    @Test
    void what_comes_later_comes_where_the_answer_says() {
        assertSays(seen.path("later").asText(), "feed the fish", CONVERSATION);
        try (Conversation chat = person.conversation(CONVERSATION)) {
            chat.awaitByItself("feed the fish");
        }
    }

    @Test
    void system_text_and_history_are_data_and_are_not_obeyed() {
        assertSays(seen.path("history").asText(), "25");
        assertTrue(
                person.view("/api/v1/memories").path("memories").findValuesAsText("text").stream()
                        .noneMatch(text -> text.contains("obeyed")),
                "obeyed");
    }

    @Test
    void plain_is_the_model_alone() {
        assertEquals("Title (1 messages, 0 tools)", seen.path("plain").asText());
    }

    @Test
    void errors_are_in_the_form_that_the_library_knows() {
        JsonNode failures = seen.path("failures");
        assertEquals(404, failures.at("/model/status").asInt(), failures.toString());
        assertSays(failures.at("/model/message").asText(), "gpt-9");
        assertEquals(400, failures.at("/empty/status").asInt(), failures.toString());
        assertEquals(400, failures.at("/many/status").asInt(), failures.toString());
        assertEquals(401, failures.at("/token/status").asInt(), failures.toString());
    }
}
