package ai.chela.contracts.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.Topic;
import ai.chela.contracts.golden.Golden;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
    @ParameterizedTest
    @EnumSource
    void says_what_the_records_say(Topic topic) {
        assertEquals(List.of(), RecordShape.differences(topic.payload(), MessageSchema.of(topic)));
    }

    @ParameterizedTest
    @EnumSource
    void is_a_valid_schema_of_its_dialect_under_its_own_name(Topic topic) {
        MessageSchema schema = MessageSchema.of(topic);

        assertEquals(List.of(), schema.ownProblems());
        assertEquals(
                "urn:chela:schema:" + topic.topicName(),
                schema.tree().path("$id").asText());
        assertEquals(
                topic.payload().getSimpleName(), schema.tree().path("title").asText());
    }

    @ParameterizedTest
    @EnumSource
    void explains_every_field(Topic topic) {
        JsonNode schema = MessageSchema.of(topic).tree();

        for (JsonNode fields : schema.findValues("properties"))
            fields.properties()
                    .forEach(field -> assertTrue(field.getValue().has("description"), topic + " " + field.getKey()));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void allows_the_golden_message(Golden golden) {
        assertEquals(List.of(), MessageSchema.of(golden.topic()).problems(golden.json()), golden::toString);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void allows_a_field_of_a_later_version(Golden golden) {
        ObjectNode later = golden.tree().deepCopy();
        later.putObject("fieldOfALaterVersion").put("x", 1);

        assertEquals(List.of(), MessageSchema.of(golden.topic()).problems(later.toString()), golden::toString);
    }

    @ParameterizedTest
    @EnumSource
    void refuses_what_is_not_an_object(Topic topic) {
        MessageSchema schema = MessageSchema.of(topic);

        for (String json : List.of("null", "[]", "\"text\"", "1", "{}"))
            assertFalse(schema.problems(json).isEmpty(), json);
    }

    @Test
    void a_definition_is_the_same_wherever_it_is_repeated() {
        Map<String, JsonNode> seen = new HashMap<>();
        for (Topic topic : Topic.values())
            for (String shared : List.of("RecalledFact", "Provenance", "TriggerView", "Timing", "Speaker")) {
                JsonNode definition =
                        MessageSchema.of(topic).tree().path("$defs").path(shared);
                if (definition.isMissingNode()) continue;
                assertEquals(seen.getOrDefault(shared, definition), definition, topic + " " + shared);
                seen.putIfAbsent(shared, definition);
            }
    }

    static Stream<Golden> golden() {
        return Golden.all().stream();
    }
}
