package ai.chela.system;

import static ai.chela.system.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Person;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dies comes back by itself, and what was left is found again. The last class: it kills what others use. */
@ExtendWith(SharedStack.class)
@Order(Integer.MAX_VALUE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoveryTest {
    /** What comes later than 30 s after its time says that it is late. */
    private static final Duration LATE = Duration.ofSeconds(31);

    private final Stack stack;
    private final Person owner;

    RecoveryTest(Stack stack) {
        this.stack = stack;
        owner = stack.owner();
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway-service",
                "scheduler-service",
                "agent-service",
                "memory-service",
                "tool-runner",
                "kafka",
                "postgres"
            })
    void a_killed_process_comes_back_and_the_next_message_is_answered(String name) {
        ProcessHandle before = stack.process(name).orElseThrow();
        before.destroyForcibly();
        Await.until("the end of " + name, () -> !before.isAlive());
        try (Conversation chat = owner.conversation()) {
            // one message that needs the part that died, and one through all of the others
            assertSays(chat.say("what is 6*7?"), "42");
            assertSays(chat.say("remember that the " + name + " was killed at " + before.pid()), "Remembered");
            assertSays(chat.say("every day at 9:00 remind me to look at " + name), name);
        }
        Await.until(
                "a new " + name,
                () -> stack.process(name).filter(it -> it.pid() != before.pid()).isPresent());
        Await.until("a stack that is ready", () -> stack.chela("status").exit() == 0);
    }

    @Order(2)
    @Test
    void what_was_remembered_and_scheduled_is_there_after_down_and_up_and_what_was_due_comes_late() {
        Person person = stack.newcomer("en");
        try (Conversation chat = person.conversation()) {
            chat.say("remember that the archive is in room 12");
            chat.say("every day at 9:00 remind me to open the archive");
            // longer than a stop may take
            chat.say("remind me in 15 seconds to close the archive");
            Instant due = Instant.parse(
                    person.view("/api/v1/triggers").findValuesAsText("at").getFirst());
            stack.down();
            assertEquals(3, stack.chela("status").exit());
            Await.until("the time of the reminder", () -> Instant.now().isAfter(due.plus(LATE)));
            stack.up();
            String late = chat.awaitByItself("close the archive").text();
            assertSays(late, "late", "when I was not running");
            assertSays(chat.say("where is the archive?"), "room 12");
            assertSays(chat.say("/schedule"), "open the archive");
            assertEquals(1, chat.timesByItself("close the archive"));
        }
    }

    @Order(3)
    @Test
    void a_message_accepted_before_its_agent_is_killed_is_answered_once() {
        String said = stack.chela("demo", "crash").ok();
        assertTrue(said.lines().count() > 2, said);
    }
}
