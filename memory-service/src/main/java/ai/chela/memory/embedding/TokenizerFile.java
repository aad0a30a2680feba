package ai.chela.memory.embedding;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the tokenizer that lies beside an operator's model. What it cannot read it refuses, and says what it can. */
final class TokenizerFile {
    /** That of a model for a hundred languages has 17 MB. */
    private static final long MOST_BYTES = 64L << 20;

    private static final String KNOWN = "known are a tokenizer.json of kind WordPiece or Unigram, and a vocab.txt";

    private TokenizerFile() {}

    /**
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is no tokenizer that is known; the message says what is wrong
     */
    static Tokenizer read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES)
            throw new IllegalArgumentException("larger than " + (MOST_BYTES >> 20) + " MB");
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".txt")) return vocabulary(file);
        if (name.endsWith(".json")) return json(mapper().readTree(file.toFile()));
        throw new IllegalArgumentException("neither .json nor .txt; " + KNOWN);
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder().build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(64).build());
        return mapper;
    }

    /** One piece a line; its number is that of the line, from 0. */
    private static Tokenizer vocabulary(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        Map<String, Integer> vocabulary = HashMap.newHashMap(lines.size());
        for (int i = 0; i < lines.size(); i++)
            vocabulary.putIfAbsent(lines.get(i).strip(), i);
        return new WordPiece(vocabulary, vocabulary.containsKey("The"));
    }

    private static Tokenizer json(JsonNode root) {
        JsonNode model = root.path("model");
        String kind = model.path("type").asText(model.path("vocab").isObject() ? "WordPiece" : "");
        return switch (kind) {
            case "WordPiece" -> new WordPiece(WordPiece.vocabulary(model.path("vocab")), cased(root));
            case "Unigram" -> Unigram.of(root);
            default -> throw new IllegalArgumentException("a tokenizer of kind \"" + kind + "\"; " + KNOWN);
        };
    }

    /** The normalizer is one, or one of several in a row. */
    private static boolean cased(JsonNode root) {
        JsonNode normalizer = root.path("normalizer");
        JsonNode lower = normalizer.findValue("lowercase");
        if (lower != null) return !lower.asBoolean(true);
        boolean lowered = normalizer.findValuesAsText("type").contains("Lowercase");
        return !lowered && root.path("model").path("vocab").has("The");
    }
}
