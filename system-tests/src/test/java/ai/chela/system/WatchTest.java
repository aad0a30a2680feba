package ai.chela.system;

import static ai.chela.system.Texts.assertSays;
import static ai.chela.system.Texts.handle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Watching an address. */
@ExtendWith(SharedStack.class)
class WatchTest {
    private final Stack stack;
    private final Conversation chat;
    private final Target target = new Target();

    WatchTest(Stack stack) {
        this.stack = stack;
        chat = stack.newcomer("en").conversation();
    }

    @AfterEach
    void end() {
        target.close();
        chat.close();
    }

    @Test
    void a_watch_on_loopback_is_approved_then_alerts_once_and_recovers_once() {
        assertSays(
                chat.say("watch " + target.url() + " every 5 seconds and tell me when it is not 200"),
                target.url(),
                "/approve");
        assertEquals(0, target.asked(), "asked before it was approved");
        String handle = handle(chat.say("/approve"), "w");
        awaitAsked(1);
        target.answers(503);
        chat.awaitByItself("answers 503");
        int alertedAt = target.asked();
        awaitAsked(alertedAt + 2);
        target.answers(200);
        assertSays(chat.awaitByItself("Recovered").text(), handle, target.url(), "200");
        awaitAsked(target.asked() + 1);
        assertEquals(1, chat.timesByItself("Alert"), "alerts");
        assertEquals(1, chat.timesByItself("Recovered"), "recoveries");
        assertSays(chat.say("cancel " + handle), "Cancelled");
    }

    @Test
    void a_server_that_is_gone_alerts() {
        chat.say("每5秒检查 " + target.url() + "，不是200就告诉我");
        chat.say("/approve");
        awaitAsked(1);
        target.close();
        assertSays(chat.awaitByItself("告警").text(), target.url());
    }

    @Test
    void one_of_chelas_own_services_is_not_watched() {
        for (String own : new String[] {
            "http://127.0.0.1:" + stack.port() + "/",
            "http://localhost:" + stack.listener("management-agent-service") + "/q/health",
            "http://[::1]:" + stack.listener("postgres") + "/"
        }) assertSays(chat.say("watch " + own + " every 10 seconds"), "own services");
    }

    @Test
    void a_redirect_to_one_of_chelas_own_services_is_not_followed() {
        target.redirectsTo("http://127.0.0.1:" + stack.listener("management-memory-service") + "/q/health");
        chat.say("watch " + target.url() + " every 5 seconds and tell me when it is not 200");
        chat.say("/approve");
        String alert = chat.awaitByItself("Alert").text();
        assertTrue(alert.contains("own service"), alert);
    }

    private void awaitAsked(int times) {
        Await.until("question " + times + " to the watched address", () -> target.asked() >= times);
    }
}
