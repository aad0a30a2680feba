package ai.chela.system.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Event;
import ai.chela.system.api.Person;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * memory-service is killed with SIGKILL at random moments, while somebody tells and forgets and while the keys of the tenant, of
 * the scopes and above all of them are turned over. A journal of what was answered says what must be there. {@code
 * -Dchela.test.kills=N} kills it N times, {@code -Dchela.test.seed=N} at the same moments again.
 */
@ExtendWith(SharedStack.class)
@Order(Integer.MAX_VALUE - 1)
class KilledMemoryTest {
    private static final int KILLS = Integer.getInteger("chela.test.kills", 3);
    private static final long SEED = Long.getLong("chela.test.seed", System.nanoTime() % 1_000_000);
    private static final String SERVICE = "memory-service";
    private static final Pattern HANDLE = Pattern.compile("\\bm-\\d+");

    /** The view shows no more. */
    private static final int MOST = 40;

    private final Stack stack;
    private final Person person;
    private final Random random = new Random(SEED);

    /** What was answered to be remembered, and not to be forgotten, by its handle. */
    private final Map<String, String> kept = new TreeMap<>();

    /** A word of each that was answered to be forgotten, which nothing else has. */
    private final Set<String> gone = new HashSet<>();

    private int told;

    KilledMemoryTest(Stack stack) {
        this.stack = stack;
        person = stack.newcomer("en");
    }

    @Test
    void what_was_remembered_stays_and_what_was_forgotten_is_gone_whenever_it_is_killed() {
        try (Conversation chat = person.conversation()) {
            talk(chat, 8, 0, () -> {});
            for (int kill = 0; kill < KILLS; kill++) {
                String what = "kill " + kill + " of seed " + SEED;
                stack.chela("keys", kill % 3 == 1 ? "rotate" : "renew").exit();
                ProcessHandle victim = stack.process(SERVICE).orElseThrow();
                talk(chat, 6, 2, () -> killed(victim));
                Await.until("the end of " + SERVICE, () -> !victim.isAlive());
                Await.until("a stack that is ready", () -> stack.chela("status").exit() == 0);
                assertEquals(new TreeSet<>(kept.values()), seen(), what);
                String one = kept.values().iterator().next();
                String word = one.split(" ")[1];
                String said = chat.say("where is the " + word + "?");
                assertTrue(said.contains(one), () -> what + ": " + said);
            }
            Set<String> words = new HashSet<>();
            for (String fact : kept.values()) words.add(fact.split(" ")[1]);
            Await.until("an index with what was told", () -> !onDisk(words).isEmpty());
            Await.until("an index without what was forgotten", () -> onDisk(gone).isEmpty());
            Await.until(
                    "the end of the rotation",
                    () -> stack.chela("keys", "retire").exit() == 0);
            assertEquals(new TreeSet<>(kept.values()), seen());
        }
    }

    private void killed(ProcessHandle victim) {
        LockSupport.parkNanos(random.nextInt(120_000_000));
        victim.destroyForcibly();
    }

    /** Says several things at once, does something, and hears the answers. */
    private void talk(Conversation chat, int tell, int forget, Runnable meanwhile) {
        Map<String, String> said = new LinkedHashMap<>();
        List<String> handles = new ArrayList<>(kept.keySet());
        int due = Math.max(forget, kept.size() + tell - MOST);
        for (int i = 0; i < Math.min(due, handles.size() - 1); i++) {
            String text = "forget " + handles.remove(random.nextInt(handles.size()));
            said.put(chat.tell(text), text);
        }
        for (int i = 0; i < tell; i++) {
            String text = "remember that the " + word() + " is in room " + (100_000 + told++);
            said.put(chat.tell(text), text);
        }
        meanwhile.run();
        said.forEach((id, text) -> heard(text, chat.answer(id, text)));
    }

    /** Nobody has ever said it, nor the end of it. */
    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 6; i++)
            word.append("bdfgklmnprstv".charAt(random.nextInt(13))).append("aeiou".charAt(random.nextInt(5)));
        return word.toString();
    }

    private void heard(String text, Event answer) {
        assertEquals("reply", answer.kind(), () -> text + ": " + answer.text());
        Matcher handle = HANDLE.matcher(text.startsWith("forget") ? text : answer.text());
        assertTrue(handle.find(), answer::text);
        if (text.startsWith("forget")) {
            assertTrue(answer.text().startsWith("Forgotten"), answer::text);
            String fact = kept.remove(handle.group());
            if (fact != null) gone.add(fact.split(" ")[1]);
        } else {
            kept.put(handle.group(), text.substring("remember that ".length()));
        }
    }

    private Set<String> seen() {
        return new TreeSet<>(
                person.view("/api/v1/memories").path("memories").findValuesAsText("text"));
    }

    /** Which of these words stand in a file of the index. */
    private Set<String> onDisk(Set<String> words) {
        Set<String> found = new HashSet<>();
        try (Stream<Path> files = Files.walk(stack.data().resolve(SERVICE))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (String word : words) if (content.contains(word.substring(4))) found.add(word);
            }
        } catch (NoSuchFileException _) {
            return Set.of("a file went while it was read");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException _) {
            return Set.of("a file went while it was listed");
        }
        return found;
    }
}
