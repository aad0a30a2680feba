package ai.chela.contracts.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With {@code -Dchela.docs.write} the pages are written first; without, the committed ones must be current. */
class TopicPagesTest {
    private static final Path PAGES = Path.of("../docs/reference/topics");

    private final JsonNode prose = AsyncApi.yaml("/docs/topics.yaml");

    @Test
    void the_committed_pages_are_what_would_be_generated_now() throws IOException {
        Map<String, String> wanted = pages();
        if (System.getProperty("chela.docs.write") != null) write(wanted);

        Map<String, String> committed = committed();
        assertEquals(wanted.keySet(), committed.keySet(), "pages; mend: -Dchela.docs.write");
        for (Map.Entry<String, String> page : wanted.entrySet())
            assertEquals(page.getValue(), committed.get(page.getKey()), page.getKey() + "; mend: -Dchela.docs.write");
    }

    @Test
    void there_is_prose_for_every_topic_and_reader_and_for_no_other() {
        List<String> topics = new ArrayList<>();
        for (Map.Entry<String, JsonNode> section : prose.properties()) {
            List<String> readers = new ArrayList<>();
            section.getValue().path("read").fieldNames().forEachRemaining(readers::add);
            topics.add(section.getKey());
            assertEquals(Topic.named(section.getKey()).readers(), readers, section.getKey());
        }

        assertEquals(Arrays.stream(Topic.values()).map(Topic::topicName).toList(), topics);
    }

    private Map<String, String> pages() {
        AsyncApi asyncApi = AsyncApi.read();
        Map<String, String> pages = new TreeMap<>();
        pages.put("README.md", TopicIndex.of(asyncApi, prose));
        for (Topic topic : Topic.values())
            pages.put(TopicIndex.fileOf(topic), TopicPage.of(topic, asyncApi, prose.path(topic.topicName())));
        return pages;
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(PAGES);
        for (Map.Entry<String, String> page : pages.entrySet())
            Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
    }

    private static Map<String, String> committed() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) pages.put(file.getFileName().toString(), Files.readString(file));
        }
        return pages;
    }
}
