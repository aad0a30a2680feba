package ai.chela.contracts.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages that differ from a good one in one place. */
final class Mutations {
    /** The limits that messages have, one less and one more, and far too long. */
    private static final int[] LENGTHS = {
        0, 1, 20, 21, 40, 41, 50, 51, 60, 61, 64, 65, 100, 101, 200, 201, 300, 301, 500, 501, 2_000, 2_001, 2_048,
        2_049, 10_000, 10_001, 16_384, 16_385, 65_536, 65_537, 80_000
    };

    private static final int[] NUMBERS = {Integer.MIN_VALUE, -1, 0, 1, 2, 31, 32, 50, 51, Integer.MAX_VALUE};

    private Mutations() {}

    /**
     * A message with one change.
     *
     * @param path where, in JSON Pointer form
     * @param text whether a text was replaced by another text
     */
    record Mutation(String path, String what, boolean text, JsonNode message) {
        @Override
        public String toString() {
            return path + " " + what;
        }
    }

    static Stream<Mutation> of(JsonNode message) {
        List<String> paths = new ArrayList<>();
        collect("", message, paths);
        return paths.stream().flatMap(path -> Stream.concat(general(message, path), typed(message, path)));
    }

    private static Stream<Mutation> general(JsonNode message, String path) {
        return Stream.of(
                new Mutation(path, "removed", false, changed(message, path, null)),
                new Mutation(path, "null", false, changed(message, path, NullNode.instance)),
                new Mutation(path, "an array", false, changed(message, path, JsonNodeFactory.instance.arrayNode())),
                new Mutation(path, "an object", false, changed(message, path, JsonNodeFactory.instance.objectNode())));
    }

    private static Stream<Mutation> typed(JsonNode message, String path) {
        JsonNode node = message.at(path);
        if (node.isNumber())
            return IntStream.of(NUMBERS)
                    .mapToObj(number ->
                            new Mutation(path, "" + number, false, changed(message, path, IntNode.valueOf(number))));
        if (!node.isTextual()) return Stream.of();
        return Stream.concat(
                Stream.of(text(message, path, "   ", "blank"), text(message, path, "\u3000", "blank in Chinese")),
                IntStream.of(LENGTHS)
                        .mapToObj(length -> text(message, path, "x".repeat(length), "of " + length + " characters")));
    }

    private static Mutation text(JsonNode message, String path, String text, String what) {
        return new Mutation(path, what, true, changed(message, path, TextNode.valueOf(text)));
    }

    private static void collect(String path, JsonNode node, List<String> into) {
        if (node instanceof ObjectNode object)
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                into.add(path + "/" + field.getKey());
                collect(path + "/" + field.getKey(), field.getValue(), into);
            }
        if (node instanceof ArrayNode array)
            for (int i = 0; i < array.size(); i++) collect(path + "/" + i, array.get(i), into);
    }

    private static JsonNode changed(JsonNode message, String path, @Nullable JsonNode value) {
        JsonNode copy = message.deepCopy();
        int cut = path.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) copy.at(path.substring(0, cut));
        if (value == null) parent.remove(path.substring(cut + 1));
        else parent.set(path.substring(cut + 1), value);
        return copy;
    }
}
