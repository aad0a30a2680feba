package ai.chela.contracts.docs;

import ai.chela.contracts.Topic;
import ai.chela.contracts.Topic.Delivery;
import ai.chela.contracts.golden.Golden;
import ai.chela.contracts.schema.MessageSchema;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of one topic, in the form that all of them have. */
final class TopicPage {
    private static final String CONTRACTS = "../../../contracts/src/";

    private final Topic topic;
    private final AsyncApi asyncApi;
    private final JsonNode prose;
    private final StringBuilder out = new StringBuilder();

    private TopicPage(Topic topic, AsyncApi asyncApi, JsonNode prose) {
        this.topic = topic;
        this.asyncApi = asyncApi;
        this.prose = prose;
    }

    static String of(Topic topic, AsyncApi asyncApi, JsonNode prose) {
        TopicPage page = new TopicPage(topic, asyncApi, prose);
        page.overview();
        page.headers();
        page.flow();
        page.fields();
        page.example();
        return page.out.toString();
    }

    private void overview() {
        line("# " + topic.topicName());
        line("");
        line("<!-- Generated. contracts/README.md says from what, and how to write it anew. -->");
        line("");
        line(text(prose, "about"));
        line("");
        line("| | |");
        line("|---|---|");
        line("| Key | `" + asyncApi.key(topic) + "` |");
        line("| Payload | [`" + topic.payload().getSimpleName() + "`](" + CONTRACTS + "main/resources/schemas/"
                + topic.topicName() + ".json), JSON |");
        line("| Writer | " + writer(topic) + " |");
        line("| Readers | " + readers(topic) + " |");
        line("| Delivery | " + deliveryName(topic.delivery()) + " |");
        line("| Kept | " + kept(topic.delivery()) + " |");
        line("");
    }

    static String readers(Topic topic) {
        return topic.readers().isEmpty() ? "none yet" : String.join(", ", topic.readers());
    }

    private void headers() {
        line("## Headers");
        line("");
        line("| Header | | Meaning |");
        line("|---|---|---|");
        for (AsyncApi.Header header : asyncApi.headers(topic))
            line("| `" + header.name() + "` | " + (header.required() ? "always" : "may be absent") + " | "
                    + header.description() + " |");
        line("");
    }

    private void flow() {
        line("## When it is written");
        line("");
        line(text(prose, "written"));
        line("");
        line("## What a reader does");
        line("");
        if (topic.readers().isEmpty()) line("Nobody reads it yet.");
        for (String reader : topic.readers()) line("- **" + reader + "**: " + text(prose.path("read"), reader));
        line("");
        line("## Promise");
        line("");
        line(promise(topic.delivery()));
        if (prose.has("promise")) line("\n" + text(prose, "promise"));
        line("");
    }

    private void fields() {
        MessageSchema schema = MessageSchema.of(topic);
        line("## Fields");
        line("");
        if (schema.tree().has("oneOf")) line("The field `kind` says which of these a record is.\n");
        table(schema.tree(), topic.payload().getSimpleName(), schema);
        for (Map.Entry<String, JsonNode> definition :
                schema.tree().path("$defs").properties()) table(definition.getValue(), definition.getKey(), schema);
    }

    private void table(JsonNode node, String name, MessageSchema schema) {
        if (node.has("oneOf")) {
            if (node != schema.tree())
                line("### " + name + "\n\n" + node.path("description").asText() + ": one of " + options(node) + ".\n");
            return;
        }
        line("### " + name);
        line("");
        line(node.path("description").asText() + ".");
        line("");
        line("| Field | | Type | Meaning |");
        line("|---|---|---|---|");
        List<String> required = new ArrayList<>();
        node.path("required").forEach(field -> required.add(field.asText()));
        for (Map.Entry<String, JsonNode> field : node.path("properties").properties())
            line("| `" + field.getKey() + "` | " + (required.contains(field.getKey()) ? "always" : "may be absent")
                    + " | " + FieldType.of(field.getValue()) + " | "
                    + field.getValue().path("description").asText() + " |");
        line("");
    }

    private void example() {
        String file = text(prose, "example");
        Golden shown = Golden.of(topic)
                .filter(golden -> golden.file().equals(file))
                .findFirst()
                .orElseThrow(() -> new AssertionError(topic.topicName() + " has no golden message " + file));
        line("## Example");
        line("");
        line("```json");
        line(shown.json().strip());
        line("```");
        line("");
        line("All golden messages of this topic:");
        line("");
        Golden.of(topic)
                .map(golden -> "- [" + golden.file().replace(".json", "") + "](" + CONTRACTS + "test/resources/golden/"
                        + golden + ")")
                .forEach(this::line);
    }

    static String writer(Topic topic) {
        return topic.writer().equals("*") ? "every service" : topic.writer();
    }

    static String deliveryName(Delivery delivery) {
        return switch (delivery) {
            case ORDERED -> "effectively once, in order per key";
            case UNORDERED -> "effectively once, in any order";
            case QUESTION -> "a question or its answer";
            case BROADCAST -> "to every instance, may be lost";
            case LATEST -> "newest per key, to every instance";
        };
    }

    private static String promise(Delivery delivery) {
        return switch (delivery) {
            case ORDERED ->
                "Written through the outbox and read through the inbox: a record takes effect once, whatever process"
                        + " dies, and the records of a key take effect in the order of `number`, whatever order Kafka"
                        + " brings them in. One that cannot be handled becomes a dead letter and counts as applied.";
            case UNORDERED ->
                "Written through the outbox and read through the inbox: a record takes effect once, whatever process"
                        + " dies. No order is promised.";
            case QUESTION ->
                "Neither outbox nor inbox: a record can be lost or come twice, and changes nothing. Who asks sets a"
                        + " deadline and may ask again.";
            case BROADCAST ->
                "Every instance reads every record from the moment it starts. A record can be lost; nothing may depend"
                        + " on it but speed.";
            case LATEST ->
                "Every instance reads the topic from its beginning whenever it starts, and keeps the newest record of"
                        + " each key. A key's older records may be gone.";
        };
    }

    static String kept(Delivery delivery) {
        Duration retention = delivery.retention();
        if (retention.isZero()) return "compacted: the newest record of each key, for good";
        if (retention.toHours() == 0) return retention.toMinutes() + " minutes";
        return retention.toHours() == 1 ? "1 hour" : retention.toHours() + " hours";
    }

    static String text(JsonNode prose, String field) {
        String text = prose.path(field).asText().strip();
        if (text.isEmpty()) throw new AssertionError("docs/topics.yaml: " + field + " is missing");
        return text;
    }

    private static String options(JsonNode node) {
        List<String> options = new ArrayList<>();
        node.path("oneOf").forEach(option -> options.add("`" + FieldType.referred(option) + "`"));
        return String.join(", ", options);
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
