package ai.chela.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.docs.AsyncApi;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AsyncApiTest {
    private final AsyncApi document = AsyncApi.read();

    @Test
    void has_one_channel_for_every_topic_and_no_other() {
        assertEquals(
                Arrays.stream(Topic.values()).map(Topic::topicName).sorted().toList(),
                document.addresses().stream().sorted().toList());
    }

    @ParameterizedTest
    @EnumSource
    void names_writer_readers_and_delivery(Topic topic) {
        JsonNode channel = document.channel(topic);

        assertEquals(topic.writer(), channel.path("x-writer").asText());
        assertEquals(topic.readers(), texts(channel.path("x-readers")));
        assertEquals(topic.delivery().name(), channel.path("x-delivery").asText());
    }

    @ParameterizedTest
    @EnumSource
    void keeps_records_as_long_as_the_delivery_says(Topic topic) {
        JsonNode kafka = document.channel(topic).at("/bindings/kafka");
        JsonNode settings = kafka.path("topicConfiguration");
        boolean compacted = topic.delivery() == Topic.Delivery.LATEST;

        assertEquals(topic.topicName(), kafka.path("topic").asText());
        assertEquals(List.of(compacted ? "compact" : "delete"), texts(settings.path("cleanup.policy")));
        assertEquals(
                compacted ? 0 : topic.delivery().retention().toMillis(),
                settings.path("retention.ms").asLong());
    }

    @ParameterizedTest
    @EnumSource
    void its_one_message_carries_the_payload_of_the_topic(Topic topic) {
        JsonNode messages = document.channel(topic).path("messages");
        JsonNode payload = document.message(topic).path("payload");
        String schema = payload.at("/schema/$ref").asText();

        assertEquals(1, messages.size());
        assertTrue(messages.has(topic.payload().getSimpleName()));
        assertEquals("schemas/" + topic.topicName() + ".json", schema);
        assertNotNull(getClass().getResource("/" + schema));
    }

    @ParameterizedTest
    @EnumSource
    void has_a_number_exactly_when_order_is_promised(Topic topic) {
        assertEquals(
                topic.delivery() == Topic.Delivery.ORDERED,
                document.requiredHeaders(topic).contains("number"));
    }

    @ParameterizedTest
    @EnumSource
    void has_a_subject_exactly_when_the_key_always_has_a_second_part(Topic topic) {
        assertEquals(
                document.key(topic).startsWith("tenant/"),
                document.requiredHeaders(topic).contains("ce_subject"));
    }

    @ParameterizedTest
    @EnumSource
    void says_the_type_in_the_header_too(Topic topic) {
        List<String> types = StreamSupport.stream(
                        document.message(topic).at("/headers/allOf").spliterator(), false)
                .map(part -> part.at("/properties/ce_type/const").asText())
                .filter(type -> !type.isEmpty())
                .toList();

        assertEquals(List.of(topic.topicName()), types);
    }

    @ParameterizedTest
    @EnumSource
    void explains_every_header(Topic topic) {
        document.headers(topic)
                .forEach(header -> assertFalse(header.description().isBlank(), header.name()));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
