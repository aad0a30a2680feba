package ai.chela.system;

import static ai.chela.system.Texts.assertSays;

import ai.chela.system.api.Conversation;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person teaches Chela sentences by a file, without a restart. */
@ExtendWith(SharedStack.class)
class DomainTest {
    private static final String FILE = "domains/lunch.yaml";
    private static final String LUNCH = """
            domain: lunch
            about: {en: "Lunch", zh: "午饭"}
            operators: [calc.evaluate, schedule.remind]
            tasks:
              lunch:
                methods:
                  - name: table
                    forms:
                      en: ["book the lunch table"]
                      zh: ["订午饭的桌子"]
                    steps:
                      - operator: calc.evaluate
                        with: {expression: "6*7"}
                      - operator: schedule.remind
                        with:
                          timing: "in 15 minutes"
                          action: REMIND
                          text: {en: "the table is ready", zh: "桌子好了"}
            """;

    private final Stack stack;
    private final Conversation chat;

    DomainTest(Stack stack) {
        this.stack = stack;
        chat = stack.newcomer("en").conversation();
    }

    @AfterEach
    void end() {
        stack.unconfigure(FILE);
        Await.until("no lunch", () -> chat.say("book the lunch table").contains("did not understand"));
        Await.until("no problem", () -> !chat.say("/status").contains("Problem"));
        chat.close();
    }

    @Test
    void a_file_that_is_dropped_in_is_understood_in_both_languages() {
        stack.configure(FILE, LUNCH);
        Await.until("lunch", () -> chat.say("book the lunch table").contains("the table is ready"));
        assertSays(chat.say("/plan"), "lunch/lunch", "calc.evaluate", "schedule.remind");
        assertSays(chat.say("订午饭的桌子"), "42", "桌子好了");
    }

    @Test
    void a_file_with_a_mistake_is_named_with_its_line_and_what_held_before_goes_on() {
        stack.configure(FILE, LUNCH);
        Await.until("lunch", () -> chat.say("book the lunch table").contains("the table is ready"));
        stack.configure(FILE, LUNCH.replace("operator: calc", "operatr: calc"));
        Await.until("the problem", () -> chat.say("/status").contains("lunch.yaml"));
        assertSays(chat.say("/status"), "lunch.yaml:12", "operatr");
        assertSays(chat.say("book the lunch table"), "the table is ready");
    }
}
