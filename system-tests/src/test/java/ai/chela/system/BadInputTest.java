package ai.chela.system;

import static ai.chela.system.Texts.assertDoesNotSay;
import static ai.chela.system.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Event;
import ai.chela.system.api.Json;
import ai.chela.system.api.Person;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.Finished;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is answered with what, where, and what to do; never with a stack trace, never with silence. */
@ExtendWith(SharedStack.class)
class BadInputTest {
    private static final String MESSAGES = "/api/v1/conversations/bad/messages";

    private final Stack stack;
    private final Person owner;

    BadInputTest(Stack stack) {
        this.stack = stack;
        owner = stack.owner();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id": "x", "text": ""}              | text
            {"id": "x", "text": "   "}           | text
            {"id": "", "text": "hello"}          | id
            {"id": "x y", "text": "hello"}       | id
            {"id": "x"}                          | text
            {"text": "hello"}                    | id
            {"id": 1, "text": "hello"}           | id
            {"id": "x", "text": ["hello"]}       | text
            {"id": "x", "text": "hello", "to": 1}| "to\\"
            {"id": "x", "text": "a\\u0000b"}     | U+0000
            {"id": "x", "text":                  | JSON
            []                                   | JSON
            hello                                | JSON
            """)
    void a_body_that_is_wrong_is_answered_with_the_place(String body, String named) {
        assertSays(problem(400, owner.post(MESSAGES, body)), named.replace("\\", ""));
    }

    @Test
    void an_empty_body_is_refused() {
        problem(400, owner.post(MESSAGES, ""));
    }

    @Test
    void a_binary_body_is_refused() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
        assertSays(problem(400, owner.post(MESSAGES, bytes)), "UTF-8");
    }

    @Test
    void a_megabyte_is_too_large() {
        String text = "a".repeat(1 << 20);
        assertSays(problem(413, owner.post("bad", "x", text)), "65536");
    }

    @Test
    void the_longest_message_that_is_taken_is_answered() {
        String start = Json.write(Map.of("id", "long-1", "text", ""));
        String text = "a ".repeat((65_536 - start.length()) / 2).strip();
        assertEquals(202, owner.post("longest", "long-1", text).statusCode());
        try (var events = owner.events("longest", 0)) {
            events.await("the answer", event -> event.answers("long-1"));
        }
    }

    @Test
    void a_wrong_token_is_refused() {
        Person stranger = new Person(stack, "wrong");
        assertSays(problem(401, stranger.post("bad", "x", "hello")), "token");
        assertEquals(401, stranger.get("/api/v1/memories").statusCode());
        assertEquals(401, stranger.get("/v1/models").statusCode());
    }

    @Test
    void an_unknown_conversation_or_approval_is_not_found() {
        problem(404, owner.get("/api/v1/conversations/nobody-was-here/messages?after=0"));
        problem(404, owner.post("/api/v1/approvals/zzzzz", "{\"decision\":\"approve\"}"));
        problem(400, owner.get("/api/v1/conversations/bad/messages?after=minus"));
        problem(404, owner.get("/api/v1/nothing"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            remind me on 31 February to pay               | There is no 31 February
            remind me on 2020-01-01 at 9:00 to pay        | has passed
            remind me to pay on 3/4                       | 4 March or the 3 April
            remind me to pay                              | When
            remind me cron 0 0 30 2 * to pay              | never be due
            remind me cron 0 99 * * * to pay              | cannot be read
            2月31日提醒我付款                               | 年2月31日
            watch ftp://example.com/ every minute         | did not understand
            watch https://example.com/ every 1 second     | 5 seconds
            """)
    void what_cannot_be_done_is_said_and_not_done(String text, String named) {
        Person person = stack.newcomer("en");
        try (Conversation chat = person.conversation()) {
            assertSays(chat.say(text), named);
            assertEquals(0, person.view("/api/v1/triggers").path("total").asInt());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remind me with cron 0 0 30 2 * to pay",
                "remind me in 99999999999 days to pay",
                "run",
                "/schedule cancel t-99999",
                "/memory forget m-x"
            })
    void nonsense_is_answered(String text) {
        try (Conversation chat = owner.conversation()) {
            assertDoesNotSay(chat.say(text), "Exception", "at ai.chela");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            people.yaml   | people:\\n  - id: a\\n    name: a\\n    zoen: UTC\\n      | zoen     | 4
            channels.yaml | xmpp:\\n  enabled: maybe\\n                             | enabled  | 2
            """)
    void a_typo_in_a_file_of_the_gateway_is_shown_in_its_status(String file, String content, String key, String line) {
        String before = stack.configuration(file);
        stack.configure(file, content.replace("\\n", "\n").stripTrailing() + "\n");
        try {
            String problem = Await.value("the problem with " + file, Await.LONG, () -> {
                String problems = owner.view("/api/v1/status").path("problems").toString();
                return problems.contains(file) ? java.util.Optional.of(problems) : java.util.Optional.empty();
            });
            assertSays(problem, key, line);
            assertEquals(200, owner.get("/api/v1/me").statusCode(), "what held before must go on");
        } finally {
            stack.configure(file, before);
            Await.until(
                    file + " without a problem",
                    () -> owner.view("/api/v1/status").path("problems").isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            models.yaml | models:\\n  - name: a\\n    base_url: http://127.0.0.1:1/v1 | base_url | 3
            policy.yaml | rules:\\n  - operations: [shell.run]\\n    decision: alow   | alow     | 3
            """)
    void a_typo_in_a_file_of_the_agent_is_shown_in_its_status(String file, String content, String key, String line) {
        String before = stack.configuration(file);
        stack.configure(file, content.replace("\\n", "\n").stripTrailing() + "\n");
        try (Conversation chat = owner.conversation()) {
            String status = Await.value("the problem with " + file, Await.LONG, () -> {
                String said = chat.say("/status");
                return said.contains(file) && said.contains("Problem")
                        ? java.util.Optional.of(said)
                        : java.util.Optional.empty();
            });
            assertSays(status, key, line);
        } finally {
            stack.configure(file, before);
            try (Conversation chat = owner.conversation()) {
                Await.until(
                        file + " without a problem", () -> !chat.say("/status").contains("Problem"));
            }
        }
    }

    @Test
    void a_port_in_use_is_named_with_its_holder_and_a_way_out() {
        try (Stack second = Stack.fresh()) {
            Finished start = second.chela("up", "--detach", "--port", Integer.toString(stack.port()));
            assertEquals(3, start.exit(), start.out() + start.err());
            // natively the program has the service's name
            assertSays(
                    (start.out() + start.err()).replace("held by gateway-service", "held by java"),
                    "Port " + stack.port() + " is held by java (pid "
                            + stack.process("gateway-service").orElseThrow().pid() + ")",
                    "Stop it, or `./chela up --port ");
        }
    }

    @Test
    void the_command_line_says_what_is_wrong() {
        assertSays(stack.chela("nonsense").err(), "nonsense");
        assertEquals(2, stack.chela("nonsense").exit());
        assertEquals(2, stack.chela("send").exit());
        assertEquals(2, stack.chela("send", "--timeout", "soon", "hello").exit());
        assertEquals(3, stack.chela("send", "--as", "nobody", "hello").exit());
        assertEquals(2, stack.chela("up", "--port", "80").exit());
        assertEquals(3, stack.chela("pair", "000000").exit());
    }

    @Test
    void a_command_line_message_is_answered_with_its_exit_code() {
        assertSays(stack.chela("send", "what is 6*7?").exited(0), "42");
        assertSays(stack.chela("send", "run", "echo hi").exited(5), "/approve");
        assertSays(stack.chela("send", "/deny").exited(0), "Denied");
    }

    @Test
    void text_of_any_kind_is_answered_and_nothing_is_broken() {
        try (Conversation chat = owner.conversation()) {
            for (String text : new String[] {
                "'; drop table message; --",
                "{{7*7}} ${jndi:ldap://127.0.0.1/a} <script>",
                "\u202e\u200b\ud83e\udd9e\u0301",
                "\ttab\nand\nlines",
                "%s%n%x %",
                "//not a command"
            }) {
                Event answer = chat.ask(text);
                assertEquals("reply", answer.kind(), answer.text());
                assertDoesNotSay(answer.text(), "Exception", "at ai.chela", "49");
            }
        }
    }

    private static String problem(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", ""),
                answer.body());
        String detail = Json.read(answer.body()).path("detail").asText();
        assertTrue(detail.length() > 5, answer.body());
        assertTrue(answer.body().getBytes(StandardCharsets.UTF_8).length < 2_000, answer.body());
        assertDoesNotSay(answer.body(), "Exception", "ai.chela.");
        return detail;
    }
}
