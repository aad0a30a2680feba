package ai.chela.system.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that was done and seen outside of the system, in memory and as lines of JSON in a file. Thread-safe. */
final class Journal implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Entry> entries = new ArrayList<>();
    private final Writer file;

    Journal(Path path) {
        try {
            file = Files.newBufferedWriter(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Entry entry) {
        entries.add(entry);
        try {
            file.write(line(entry));
            file.write('\n');
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Entry entry) throws JsonProcessingException {
        ObjectNode node =
                MAPPER.createObjectNode().put("entry", entry.getClass().getSimpleName());
        node.put("at", entry.at().toString());
        switch (entry) {
            case Entry.Accepted it ->
                node.put("conversation", it.conversation())
                        .put("number", it.number())
                        .put("id", it.id())
                        .put("expected", it.expected());
            case Entry.Refused it ->
                node.put("conversation", it.conversation()).put("id", it.id()).put("reason", it.reason());
            case Entry.Seen it -> seen(node, it);
            case Entry.Heard it -> node.put("conversation", it.conversation()).put("text", it.text());
            case Entry.Decided it ->
                node.put("conversation", it.conversation())
                        .put("sign", it.sign())
                        .put("decision", it.decision().name());
            case Entry.Ran it -> node.put("sign", it.sign());
            case Entry.Offered it ->
                node.put("began", it.began().toString())
                        .put("gateway", it.gateway())
                        .put("status", it.status())
                        .put("later", it.later());
            case Entry.Away it -> node.put("from", it.from().toString()).put("what", it.what());
            case Entry.Left it ->
                node.put("target", it.target()).put("millis", it.took().toMillis());
            case Entry.Gone it -> node.put("target", it.target());
            case Entry.Stored it -> {
                node.put("conversation", it.conversation()).put("gateway", it.gateway());
                it.events().forEach(event -> seen(node.withArray("events").addObject(), event));
            }
            case Entry.Promised it ->
                node.put("conversation", it.conversation()).put("sign", it.sign());
            case Entry.Remembered it ->
                node.put("conversation", it.conversation()).put("id", it.id()).put("sign", it.sign());
            case Entry.Memories it -> {
                node.put("total", it.total());
                it.texts().forEach(node.withArray("texts")::add);
            }
            case Entry.ModelAsked it -> node.put("sign", it.sign()).put("round", it.round());
            case Entry.Fault it ->
                node.put("kind", it.kind())
                        .put("target", it.target())
                        .put("point", it.point())
                        .put("struck", it.struck());
        }
        return MAPPER.writeValueAsString(node);
    }

    private static void seen(ObjectNode node, Entry.Seen it) {
        node.put("conversation", it.conversation())
                .put("event", it.event())
                .put("kind", it.kind())
                .put("inReplyTo", it.inReplyTo())
                .put("text", it.text())
                .put("code", it.code());
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
