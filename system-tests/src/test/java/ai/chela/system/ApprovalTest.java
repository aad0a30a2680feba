package ai.chela.system;

import static ai.chela.system.Texts.assertSays;
import static ai.chela.system.api.Conversation.approvalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Event;
import ai.chela.system.api.Person;
import ai.chela.system.stack.Needs;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands run after an approval, in a sandbox, and otherwise not. */
@ExtendWith(SharedStack.class)
class ApprovalTest {
    private final Stack stack;
    private final Person person;
    private final Conversation chat;

    ApprovalTest(Stack stack) {
        Needs.bubblewrap();
        this.stack = stack;
        person = stack.newcomer("en");
        chat = person.conversation();
    }

    @AfterEach
    void hangUp() {
        chat.close();
    }

    /** Asks for this; returns the code of the approval once it is open everywhere. */
    private String opened(String text) {
        String code = approvalOf(chat.ask(text));
        chat.await("the open approval", event -> code.equals(event.approval()) && "open".equals(event.state()));
        return code;
    }

    @Test
    void a_command_is_shown_with_its_rule_and_runs_when_approved() {
        Event question = chat.ask("run echo hi");
        assertSays(question.text(), "echo hi", "policy.yaml rule", "/approve " + approvalOf(question), "expires");
        assertSays(chat.say("/approve"), "sandbox: no host files, no network", "hi", "exit code 0", " s");
    }

    @Test
    void a_chinese_command_asks_in_chinese() {
        assertSays(chat.say("运行 echo 你好"), "批准", "echo 你好", "/approve");
        assertSays(chat.say("/approve"), "你好");
    }

    @Test
    void a_denied_command_does_not_run() {
        chat.say("run echo hi");
        assertSays(chat.say("/deny"), "Denied", "not run");
        assertSays(chat.say("/approve"), "Nothing waits");
    }

    @Test
    void yes_is_answered_with_what_to_type() {
        opened("run echo hi");
        assertSays(chat.say("yes"), "/approve");
        assertEquals(1, person.view("/api/v1/approvals").path("approvals").size());
    }

    @Test
    void the_conversation_goes_on_while_an_approval_waits() {
        chat.say("run echo hi");
        assertSays(chat.say("what is 2+2?"), "4");
        assertSays(chat.say("/approve"), "hi");
    }

    @Test
    void an_approval_is_used_once() {
        String code = approvalOf(chat.ask("run echo hi"));
        chat.say("/approve " + code);
        assertSays(chat.say("/approve " + code), "Nothing was done", code);
        assertEquals(
                409,
                person.post("/api/v1/approvals/" + code, "{\"decision\":\"approve\"}")
                        .statusCode());
    }

    @Test
    void of_several_the_code_says_which() {
        String first = approvalOf(chat.ask("run echo one"));
        String second = approvalOf(chat.ask("run echo two"));
        assertNotEquals(first, second);
        assertSays(chat.say("/approve"), "/approve " + first, "/approve " + second);
        assertSays(chat.say("/approve " + second), "two");
        assertSays(chat.say("/deny " + first), "Denied");
    }

    @Test
    void somebody_else_can_neither_see_nor_approve_it() {
        String code = opened("run echo hi");
        Person other = stack.newcomer("en");
        assertTrue(other.view("/api/v1/approvals").path("approvals").isEmpty());
        assertEquals(
                404,
                other.post("/api/v1/approvals/" + code, "{\"decision\":\"approve\"}")
                        .statusCode());
        try (Conversation elsewhere = other.conversation()) {
            assertSays(elsewhere.say("/approve " + code), "othing");
            assertTrue(
                    elsewhere.events().stream().noneMatch(event -> event.text().contains("exit code")));
        }
        assertEquals(1, person.view("/api/v1/approvals").path("approvals").size());
        assertSays(chat.say("/deny"), "Denied");
    }

    @Test
    void an_approval_over_http_runs_the_command_in_its_conversation() {
        String code = opened("run echo over-http");
        assertEquals(
                202,
                person.post("/api/v1/approvals/" + code, "{\"decision\":\"approve\"}")
                        .statusCode());
        chat.await(
                "the outcome",
                event -> event.kind().equals("reply") && event.text().contains("exit code 0"));
    }

    @Test
    void quotes_and_lines_arrive_as_they_were_written() {
        String command = "cat <<'END'\nit's \"quoted\" $HOME\nEND";
        assertSays(chat.say("run " + command), command);
        assertSays(chat.say("/approve"), "it's \"quoted\" $HOME", "exit code 0");
    }

    @Test
    void a_command_sees_no_files_of_the_host_and_no_network() {
        chat.say("run ls " + stack.data() + " " + stack.root());
        assertSays(chat.say("/approve"), "No such file or directory");
        chat.say("run cat < /dev/tcp/127.0.0.1/" + stack.port());
        String outcome = chat.say("/approve");
        assertTrue(!outcome.contains("exit code 0"), outcome);
    }

    @Test
    void the_exit_code_of_a_failing_command_is_told() {
        chat.say("run false");
        assertSays(chat.say("/approve"), "exit code 1");
    }
}
