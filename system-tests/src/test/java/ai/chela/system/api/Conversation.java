package ai.chela.system.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.system.stack.Await;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A conversation of one person. It listens by one stream at a time and resumes it where it broke. */
public final class Conversation implements AutoCloseable {
    private final Person person;
    private final String name;
    private final List<Event> earlier = new CopyOnWriteArrayList<>();
    private @Nullable EventStream stream;

    Conversation(Person person, String name) {
        this.person = person;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Says something and waits for its answer, a reply or a failure. */
    public Event ask(String text) {
        return answer(tell(text), text);
    }

    /** What the reply to this text says. */
    public String say(String text) {
        Event answer = ask(text);
        assertEquals("reply", answer.kind(), () -> "\"" + text + "\" failed: " + answer.text());
        return answer.text();
    }

    /** Says something; returns its id once it is accepted. A stack that is on its way back is asked again. */
    public String tell(String text) {
        String id = "m-" + UUID.randomUUID();
        HttpResponse<String> answer = Await.value("acceptance of a message", Await.LONG, () -> post(id, text));
        assertEquals(202, answer.statusCode(), answer.body());
        return id;
    }

    private Optional<HttpResponse<String>> post(String id, String text) {
        try {
            return Optional.of(person.post(name, id, text)).filter(answer -> answer.statusCode() != 503);
        } catch (UncheckedIOException _) {
            return Optional.empty(); // nobody there yet
        }
    }

    /** The answer to the message with this id. */
    public Event answer(String id, String text) {
        return await("the answer to \"" + text + "\"", event -> event.answers(id));
    }

    /** The first event that fits, once it has come. */
    public Event await(String what, Predicate<Event> fits) {
        return Await.value(what, Await.LONG, () -> {
            listen();
            return events().stream().filter(fits).findFirst();
        });
    }

    /** The first that came by itself and says this. */
    public Event awaitByItself(String text) {
        return await(
                "\"" + text + "\"", event -> event.byItself() && event.text().contains(text));
    }

    /** How often something with this text came by itself so far. */
    public long timesByItself(String text) {
        return events().stream()
                .filter(event -> event.byItself() && event.text().contains(text))
                .count();
    }

    /** Everything that has come, in order. */
    public List<Event> events() {
        EventStream current = stream;
        if (current == null) return List.copyOf(earlier);
        List<Event> all = new java.util.ArrayList<>(earlier);
        all.addAll(current.events());
        return all;
    }

    private void listen() {
        EventStream current = stream;
        if (current != null && !current.ended()) return;
        if (current != null) earlier.addAll(current.events());
        stream = null;
        try {
            stream = person.events(name, last());
        } catch (UncheckedIOException _) {
            // nobody there yet; the caller tries again until its limit
        }
    }

    private long last() {
        return earlier.stream().mapToLong(Event::number).max().orElse(0);
    }

    @Override
    public void close() {
        Optional.ofNullable(stream).ifPresent(EventStream::close);
    }

    /** The code of the approval that this reply asks for. */
    public static String approvalOf(Event reply) {
        return Objects.requireNonNull(reply.approval(), () -> "asks for no approval: " + reply.text());
    }
}
