package ai.chela.system;

import static ai.chela.system.Texts.assertDoesNotSay;
import static ai.chela.system.Texts.assertSays;
import static ai.chela.system.api.Conversation.approvalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Event;
import ai.chela.system.api.Person;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.Needs;
import ai.chela.system.stack.ScriptedModel;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Talking in free wording, with a model whose answers are scripted. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelTest {
    private final Stack stack;
    private final ScriptedModel model = ScriptedModel.start();
    private final String before;
    private final Person person;
    private Conversation chat;

    ModelTest(Stack stack) {
        this.stack = stack;
        before = stack.configuration("models.yaml");
        person = stack.newcomer("en");
        chat = person.conversation();
    }

    @BeforeAll
    void configure() {
        use("scripted", model.baseUrl());
    }

    private void use(String name, String url) {
        stack.configure("models.yaml", """
                default: %s
                models:
                  - name: %s
                    provider: openai
                    base-url: %s
                    model: scripted-1
                    timeout: 5s
                """.formatted(name, name, url));
        Await.until("the model " + name, () -> chat.say("/status").contains("Model: " + name));
    }

    @AfterEach
    void anotherConversation() {
        chat.close();
        chat = person.conversation();
    }

    @AfterAll
    void end() {
        stack.configure("models.yaml", before);
        Await.until("no model", () -> chat.say("/status").contains("none configured"));
        chat.close();
        model.close();
    }

    @Test
    void an_answer_comes_in_pieces_and_then_whole_and_once() {
        String id = chat.tell("Could you tell me a story about a lobster, please");
        Event reply = chat.answer(id, "a story");
        assertEquals("reply", reply.kind(), reply.text());
        assertTrue(reply.text().endsWith("The end."), reply.text());
        List<Event> partials = chat.events().stream()
                .filter(event -> event.kind().equals("partial"))
                .toList();
        assertTrue(partials.size() > 1, "pieces: " + partials);
        String pieces = partials.stream().map(Event::text).collect(Collectors.joining());
        assertTrue(reply.text().startsWith(pieces) || pieces.equals(reply.text()), pieces);
        assertEquals(
                1, chat.events().stream().filter(event -> event.answers(id)).count(), "answers");
    }

    @Test
    void the_model_sees_what_was_said_before_until_a_fresh_start() {
        chat.say("Could you tell me a story about a lobster, please");
        assertSays(chat.say("Say, what did I just tell you, my friend"), "a story about a lobster");
        chat.say("/new");
        assertDoesNotSay(chat.say("Say, what did I just tell you, my friend"), "lobster");
    }

    @Test
    void memories_are_kept_recalled_and_forgotten_in_free_wording() {
        assertSays(chat.say("You should know by now, the office plant is a ficus, by the way"), "Done");
        assertSays(chat.say("Hey, any idea what grows in our office, I wonder"), "the office plant is a ficus");
        assertSays(chat.say("Well, that plant thing is none of your business really"), "Done");
        assertDoesNotSay(chat.say("/memory"), "ficus");
    }

    @Test
    void a_reminder_in_free_wording_arrives() {
        assertSays(chat.say("Could you make sure I don't forget the backup in five seconds or so"), "Done", "t-");
        chat.awaitByItself("look at the backup");
    }

    @Test
    void a_chinese_reminder_in_free_wording_arrives() {
        chat.say("麻烦你过一小会儿跟我说说办公室的备份吧，谢谢啦");
        chat.awaitByItself("看看备份");
    }

    @Test
    void what_a_person_prefers_is_shown_to_the_model_when_it_acts_by_itself_too() {
        chat.say("I prefer short answers");
        Await.until("what was learned", () -> chat.say("/memory preferences").contains("short answers"));
        chat.say("Perhaps you could show me my own taste in a moment");
        chat.awaitByItself("I prefer short answers");
    }

    @Test
    void a_tool_that_only_reads_is_used_at_once() {
        assertSays(chat.say("Would you say how full is this box, roughly"), "GiB");
        assertSays(chat.say("/why"), "host.disk", "scripted");
    }

    @Test
    void a_command_that_the_model_wants_asks_a_person_first() {
        Needs.bubblewrap();
        Event question = chat.ask("Please poke around in the sandbox a little");
        assertSays(question.text(), "echo poked", "/approve");
        chat.tell("/approve " + approvalOf(question));
        chat.await(
                "what came of it",
                event -> event.kind().equals("reply") && event.text().contains("Done. The tool said"));
    }

    @Test
    void a_command_that_was_denied_is_not_run_and_the_model_is_told() {
        Needs.bubblewrap();
        Event question = chat.ask("Please poke around in the sandbox a little");
        chat.tell("/deny " + approvalOf(question));
        chat.await(
                "the denial",
                event -> event.kind().equals("reply")
                        && event.text().toLowerCase().contains("denied"));
        assertTrue(chat.events().stream().noneMatch(event -> event.text().contains("exit code 0")));
    }

    @Test
    void a_tool_that_does_not_exist_and_arguments_that_are_wrong_are_told_to_the_model() {
        assertSays(chat.say("Use a tool that is not there for once"), "no such tool");
        assertSays(chat.say("Use arguments that are no JSON for once"), "not a JSON object");
    }

    @Test
    void a_model_that_goes_round_and_round_is_stopped() {
        Event answer = chat.ask("Go round and round until you drop");
        assertEquals("failed", answer.kind(), answer.text());
        assertSays(answer.text(), "without coming to an answer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Now please be rate limited for a while | model.rate-limited | rate-limited
            Now please fail inside for a while     | model.failed       | Inner trouble
            Now please refuse the key for a while  | model.unauthorized | API key
            Now please take forever over it        | model.timeout      | too long
            Now please be malformed for a while    | model.empty        | empty
            Now please say nothing for a while     | model.empty        | empty
            """)
    void a_model_that_fails_ends_the_turn_with_its_reason(String text, String code, String named) {
        Event answer = chat.ask(text);
        assertEquals("failed", answer.kind(), answer.text());
        assertEquals(code, answer.code());
        assertSays(answer.text(), named);
        assertDoesNotSay(answer.text(), "Exception", "dev.langchain4j");
        assertSays(chat.say("what is 6*7?"), "42");
    }

    @Test
    void an_answer_that_breaks_off_ends_the_turn() {
        Event answer = chat.ask("Now please break off in the middle");
        assertEquals("failed", answer.kind(), answer.text());
        assertSays(chat.say("what is 6*7?"), "42");
    }

    @Test
    void a_model_that_cannot_be_reached_ends_the_turn() {
        use("unreachable", "http://127.0.0.1:9/v1");
        try {
            Event answer = chat.ask("the weather makes me sad today");
            assertEquals("failed", answer.kind(), answer.text());
            assertEquals("model.unreachable", answer.code());
            assertSays(answer.text(), "unreachable", "cannot be reached");
            assertSays(chat.say("what is 6*7?"), "42");
        } finally {
            use("scripted", model.baseUrl());
        }
    }

    @Test
    void what_the_planner_knows_is_done_without_the_model() {
        use("unreachable", "http://127.0.0.1:9/v1");
        try {
            chat.say("remember that the spare key is under the mat");
            assertSays(chat.say("where is the spare key?"), "under the mat");
        } finally {
            use("scripted", model.baseUrl());
        }
    }

    @Test
    void status_names_the_model_and_where_it_was_configured() {
        assertSays(chat.say("/status"), "Model: scripted", "models.yaml");
        assertSays(stack.chela("status").ok(), "Model: scripted", "models.yaml");
    }
}
