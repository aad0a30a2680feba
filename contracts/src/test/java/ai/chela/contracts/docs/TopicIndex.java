package ai.chela.contracts.docs;

import ai.chela.contracts.Topic;
import com.fasterxml.jackson.databind.JsonNode;

/** The page that lists all topics. */
final class TopicIndex {
    private TopicIndex() {}

    static String of(AsyncApi asyncApi, JsonNode prose) {
        StringBuilder out = new StringBuilder("""
                # Topics

                <!-- Generated. contracts/README.md says from what, and how to write it anew. -->

                Chela's services talk over Kafka and in no other way. Every topic has one writing service, except those that
                all services write. Records are CloudEvents 1.0 in Kafka's binary mode: attributes as headers, the payload
                as JSON. The same is in [asyncapi.yaml](../../../contracts/src/main/resources/asyncapi.yaml) for programs.

                | Topic | Writer | Readers | Key | Delivery | Kept |
                |---|---|---|---|---|---|
                """);
        for (Topic topic : Topic.values())
            out.append("| [")
                    .append(topic.topicName())
                    .append("](")
                    .append(fileOf(topic))
                    .append(") | ")
                    .append(TopicPage.writer(topic))
                    .append(" | ")
                    .append(TopicPage.readers(topic))
                    .append(" | `")
                    .append(asyncApi.key(topic))
                    .append("` | ")
                    .append(TopicPage.deliveryName(topic.delivery()))
                    .append(" | ")
                    .append(TopicPage.kept(topic.delivery()))
                    .append(" |\n");
        out.append("\n## What each is for\n\n");
        for (Topic topic : Topic.values())
            out.append("- `")
                    .append(topic.topicName())
                    .append("`: ")
                    .append(TopicPage.text(prose.path(topic.topicName()), "about"))
                    .append('\n');
        return out.toString();
    }

    static String fileOf(Topic topic) {
        return topic.topicName() + ".md";
    }
}
