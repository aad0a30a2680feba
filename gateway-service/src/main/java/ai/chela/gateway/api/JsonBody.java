package ai.chela.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request's body strictly: what is wrong is named, with its place, never guessed around. */
final class JsonBody {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(64)
                        .maxStringLength(4_000_000)
                        .build());
    }

    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    /**
     * @param max bytes that are taken
     * @throws ProblemException when it is too large, not UTF-8, not JSON or no object
     */
    static JsonBody read(byte @Nullable [] body, int max) {
        if (body == null || body.length == 0)
            throw ProblemException.badRequest("The body is empty; send a JSON object.");
        if (body.length > max)
            throw ProblemException.tooLarge("The body has " + body.length + " bytes; at most " + max + " are taken.");
        JsonNode root = parse(utf8(body));
        if (!root.isObject()) throw ProblemException.badRequest("The body must be a JSON object.");
        return new JsonBody(root);
    }

    private static String utf8(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException _) {
            throw ProblemException.badRequest(
                    "The body is not UTF-8: wrong from byte " + (bytes.position() + 1) + " on.");
        }
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root == null || root.isMissingNode()) throw ProblemException.badRequest("The body holds no JSON.");
            return root;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            String what =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
            throw ProblemException.badRequest("The body is not JSON" + where + ": " + what);
        }
    }

    /** Refuses every field but these. */
    JsonBody only(String... allowed) {
        List<String> known = List.of(allowed);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name))
                throw ProblemException.badRequest("Field \"" + (name.length() > 100 ? name.substring(0, 100) : name)
                        + "\" is not known; allowed: " + String.join(", ", known) + ".");
        });
        return this;
    }

    /** A field that must be there and be text. */
    String text(String name) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) throw ProblemException.badRequest("Field \"" + name + "\" is missing.");
        if (!node.isTextual()) throw ProblemException.badRequest("Field \"" + name + "\" must be a string.");
        return node.textValue();
    }

    /** A field that is text when it is there. */
    @Nullable
    String optionalText(String name) {
        return object.hasNonNull(name) ? text(name) : null;
    }

    /** The object itself. */
    JsonNode node() {
        return object;
    }
}
