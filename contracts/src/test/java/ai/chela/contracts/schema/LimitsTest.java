package ai.chela.contracts.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.contracts.Topic;
import ai.chela.contracts.golden.Golden;
import ai.chela.contracts.golden.Wire;
import ai.chela.contracts.schema.Mutations.Mutation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes each golden message in one place after another: schema and constructors must think the same of the result. */
class LimitsTest {
    @ParameterizedTest
    @MethodSource("golden")
    void what_the_schema_allows_the_code_reads(Golden golden) {
        MessageSchema schema = MessageSchema.of(golden.topic());

        assertEquals(
                List.of(),
                Mutations.of(golden.tree())
                        .filter(mutation -> !reads(golden.topic(), mutation) && allows(schema, mutation))
                        .map(Mutation::toString)
                        .toList(),
                golden::toString);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void a_plain_text_that_the_schema_refuses_the_code_refuses(Golden golden) {
        MessageSchema schema = MessageSchema.of(golden.topic());
        Set<String> plain = PlainTexts.paths(schema, golden.tree());

        assertEquals(
                List.of(),
                Mutations.of(golden.tree())
                        .filter(mutation -> mutation.text() && plain.contains(mutation.path()))
                        .filter(mutation -> reads(golden.topic(), mutation) && !allows(schema, mutation))
                        .map(Mutation::toString)
                        .toList(),
                golden::toString);
    }

    static Stream<Golden> golden() {
        return Golden.all().stream();
    }

    private static boolean allows(MessageSchema schema, Mutation mutation) {
        return schema.problems(mutation.message().toString()).isEmpty();
    }

    private static boolean reads(Topic topic, Mutation mutation) {
        JsonNode message = mutation.message();
        try {
            return Wire.JSON.treeToValue(message, topic.payload()) != null;
        } catch (JsonProcessingException _) {
            return false;
        }
    }
}
