package ai.chela.contracts.golden;

import ai.chela.contracts.Topic;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One golden message.
 *
 * @param file {@code Record.json} or {@code Record-what-is-special.json}
 */
public record Golden(Topic topic, String file, String json) {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    /** Every golden message, by topic and then by name. */
    public static List<Golden> all() {
        return Arrays.stream(Topic.values()).flatMap(Golden::of).toList();
    }

    /** Those of one topic, by name: the plain one of a record comes before its variants. */
    public static Stream<Golden> of(Topic topic) {
        Path folder = FOLDER.resolve(topic.topicName());
        return names(folder).map(file -> new Golden(topic, file, read(folder.resolve(file))));
    }

    /** The folders that there are, each named like a topic. */
    public static List<String> folders() {
        return names(FOLDER).toList();
    }

    /** The simple name of the record that the file's name promises. */
    public String record() {
        return file.substring(0, file.length() - ".json".length()).split("-", 2)[0];
    }

    public JsonNode tree() {
        return tree(json);
    }

    /** The message as today's code reads it. */
    public Object message() {
        try {
            return Wire.JSON.readValue(json, topic.payload());
        } catch (JsonProcessingException e) {
            throw new AssertionError(this + " cannot be read", e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return Wire.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    @Override
    public String toString() {
        return topic.topicName() + "/" + file;
    }

    private static Stream<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .sorted(Comparator.comparing(name -> name.replace(".json", "")))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
