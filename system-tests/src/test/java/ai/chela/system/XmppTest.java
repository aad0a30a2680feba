package ai.chela.system;

import static ai.chela.system.Texts.assertDoesNotSay;
import static ai.chela.system.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.stack.Await;
import ai.chela.system.stack.Needs;
import ai.chela.system.stack.Prosody;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** In a company chat: a real Prosody, one to one. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XmppTest {
    private static final Pattern PAIRING = Pattern.compile("chela pair (\\S+)");

    private final Prosody prosody = Prosody.start("chela", "lin", "stranger", "guest");
    private final Stack stack;
    private final String before;

    XmppTest(Stack stack) {
        this.stack = stack;
        before = stack.configuration("channels.yaml");
    }

    @BeforeAll
    void connect() {
        stack.chela("person", "add", "Lin", "--id", "lin", "--language", "zh", "--xmpp", "lin@localhost")
                .ok();
        stack.configure("xmpp.password", Prosody.passwordOf("chela"));
        stack.configure("channels.yaml", """
                xmpp:
                  enabled: true
                  jid: chela@localhost
                  password: file:%s
                  host: 127.0.0.1
                  port: %d
                  tls: allow-insecure-loopback
                """.formatted(stack.data().resolve("config/xmpp.password"), prosody.port()));
        Await.until("XMPP", () -> state().equals("up"));
    }

    private String state() {
        return stack.owner().view("/api/v1/status").at("/channels/xmpp").asText();
    }

    @AfterAll
    void disconnect() {
        stack.configure("channels.yaml", before);
        Await.until("the end of XMPP", () -> state().equals("off"));
        prosody.close();
    }

    @Test
    void a_known_person_talks_remembers_and_recalls() throws Exception {
        try (ChatClient lin = new ChatClient(prosody, "lin")) {
            assertSays(lin.say("what is 6*7?"), "42");
            assertSays(lin.say("记住：生产发布窗口是周四晚上十点"), "记住了");
            assertSays(lin.say("发布窗口是什么时候？"), "周四晚上十点", "Lin");
            assertSays(lin.say("/memory"), "周四晚上十点");
        }
    }

    @Test
    void a_reminder_arrives_by_itself() throws Exception {
        try (ChatClient lin = new ChatClient(prosody, "lin")) {
            assertSays(lin.say("remind me in 5 seconds to check the backup"), "check the backup");
            assertSays(lin.next(), "check the backup");
        }
    }

    @Test
    void a_command_is_approved_in_the_chat() throws Exception {
        Needs.bubblewrap();
        try (ChatClient lin = new ChatClient(prosody, "lin")) {
            assertSays(lin.say("run echo over-xmpp"), "echo over-xmpp", "/approve");
            assertSays(lin.say("/approve"), "over-xmpp", "exit code 0");
        }
    }

    @Test
    void an_unknown_address_gets_a_code_and_talks_once_the_owner_has_confirmed_it() throws Exception {
        try (ChatClient stranger = new ChatClient(prosody, "stranger")) {
            String answer = stranger.say("what is 6*7?");
            assertDoesNotSay(answer, "42");
            Matcher code = PAIRING.matcher(answer);
            assertTrue(code.find(), answer);
            stack.chela("pair", code.group(1)).ok();
            // the directory reads its file again within a second or two: until then the stranger is told so
            Await.until(
                    "an answer to the stranger",
                    () -> stranger.say("what is 6*8?").contains("48"));
            assertEquals(3, stack.chela("pair", code.group(1)).exit(), "a code is used once");
        }
    }

    @Test
    void an_address_that_nobody_confirmed_sees_nothing_and_does_nothing() throws Exception {
        try (ChatClient guest = new ChatClient(prosody, "guest")) {
            assertDoesNotSay(guest.say("remember that I was here"), "Remembered");
        }
    }
}
