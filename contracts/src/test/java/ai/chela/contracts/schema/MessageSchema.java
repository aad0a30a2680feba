package ai.chela.contracts.schema;

import ai.chela.contracts.Topic;
import ai.chela.contracts.golden.Wire;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The schema of one topic's payload, as the jar carries it. */
public final class MessageSchema {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final Map<Topic, MessageSchema> READ = new EnumMap<>(Topic.class);

    private final String text;
    private final JsonNode tree;
    private final Schema schema;

    private MessageSchema(String text) {
        this.text = text;
        try {
            this.tree = Wire.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
        this.schema = REGISTRY.getSchema(text, InputFormat.JSON);
    }

    public static synchronized MessageSchema of(Topic topic) {
        return READ.computeIfAbsent(topic, MessageSchema::load);
    }

    private static MessageSchema load(Topic topic) {
        String file = "/schemas/" + topic.topicName() + ".json";
        try (InputStream in = MessageSchema.class.getResourceAsStream(file)) {
            if (in == null) throw new AssertionError(file + " is missing");
            return new MessageSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode tree() {
        return tree;
    }

    /** What is wrong with a message; empty when it is valid, formats included. */
    public List<String> problems(String json) {
        return validate(schema, json);
    }

    /** What is wrong with the schema itself, by the meta-schema of its dialect. */
    public List<String> ownProblems() {
        return validate(REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())), text);
    }

    /** The schema behind {@code $ref}, or the node itself. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? tree.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private static List<String> validate(Schema by, String json) {
        return by
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
