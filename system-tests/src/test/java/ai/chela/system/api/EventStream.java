package ai.chela.system.api;

import ai.chela.system.stack.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The server-sent events of a conversation, as one connection brings them. */
public final class EventStream implements AutoCloseable {
    private final InputStream body;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    EventStream(InputStream body) {
        this.body = body;
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        String kind = "";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) kind = line.substring(6).strip();
                if (line.startsWith("data:")) events.add(Event.of(kind, Json.read(line.substring(5))));
            }
        } catch (IOException _) {
            // closed here, or the gateway went: `ended` says so
        } finally {
            ended = true;
        }
    }

    /** What has come so far, in order. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    public boolean ended() {
        return ended;
    }

    /** The first event that fits, once it has come. */
    public Event await(String what, Predicate<Event> fits) {
        return Await.value(what, Await.LONG, () -> events.stream().filter(fits).findFirst());
    }

    /** The first event that fits, if it has come. */
    public Optional<Event> seen(Predicate<Event> fits) {
        return events.stream().filter(fits).findFirst();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException _) {
            // closed already by the other side
        }
    }
}
