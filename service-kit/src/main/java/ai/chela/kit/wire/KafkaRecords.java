package ai.chela.kit.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Messages as Kafka records: CloudEvents 1.0 in binary mode. */
public final class KafkaRecords {
    private KafkaRecords() {}

    public static ProducerRecord<String, byte[]> write(Topic topic, Envelope envelope, byte[] payload) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.topicName(), envelope.key(), payload);
        Headers headers = record.headers();
        headers(envelope).forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return record;
    }

    /** The envelope as headers, in a stable order. */
    public static Map<String, String> headers(Envelope envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", envelope.id());
        headers.put("ce_type", envelope.type());
        headers.put("ce_source", envelope.source());
        headers.put("ce_time", envelope.time().toString());
        putIfPresent(headers, "ce_subject", envelope.conversation());
        headers.put("content-type", "application/json");
        headers.put("tenant", envelope.tenant());
        headers.put("principal", envelope.principal().header());
        putIfPresent(headers, "turn", envelope.turn());
        putIfPresent(headers, "cause", envelope.cause());
        if (envelope.number() > 0) headers.put("number", Long.toString(envelope.number()));
        putIfPresent(headers, "traceparent", envelope.traceparent());
        return headers;
    }

    /**
     * Reads the envelope of a record.
     *
     * @throws MalformedRecordException naming the header that is missing or wrong
     */
    public static Envelope envelope(ConsumerRecord<String, byte[]> record) {
        return envelope(headerMap(record.headers()));
    }

    /** As {@link #envelope(ConsumerRecord)}, from headers that were stored. */
    public static Envelope envelope(Map<String, String> headers) {
        try {
            String number = headers.get("number");
            return new Envelope(
                    required(headers, "ce_id"),
                    required(headers, "ce_type"),
                    required(headers, "ce_source"),
                    Instant.parse(required(headers, "ce_time")),
                    required(headers, "tenant"),
                    Principal.parse(required(headers, "principal")),
                    headers.get("ce_subject"),
                    headers.get("turn"),
                    headers.get("cause"),
                    number == null ? 0 : Long.parseLong(number),
                    headers.get("traceparent"));
        } catch (DateTimeParseException e) {
            throw new MalformedRecordException("header ce_time is not an ISO 8601 time", e);
        } catch (NumberFormatException e) {
            throw new MalformedRecordException("header number is not a number", e);
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("header " + e.getMessage(), e);
        }
    }

    public static Map<String, String> headerMap(Headers headers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Header header : headers)
            if (header.value() != null) map.put(header.key(), new String(header.value(), UTF_8));
        return map;
    }

    private static String required(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null || value.isBlank())
            throw new MalformedRecordException("header " + name + " is missing", null);
        return value;
    }

    private static void putIfPresent(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) headers.put(name, value);
    }
}
