package ai.chela.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every message: CloudEvents 1.0 attributes and Chela's extensions, carried as Kafka headers in binary
 * mode.
 *
 * @param id {@code ce_id}: unique per topic, computed from the cause so that a re-send carries the same id
 * @param type {@code ce_type}: the topic's name
 * @param source {@code ce_source}: the writing service
 * @param time {@code ce_time}: when the writer decided to write it
 * @param tenant header {@code tenant}
 * @param principal header {@code principal}
 * @param conversation {@code ce_subject}: id of the conversation, null where there is none; the record's key is {@code
 *     tenant/conversation}, or {@code tenant} without one
 * @param turn header {@code turn}, null before a turn exists and where there is none
 * @param cause header {@code cause}: id of the event that this one follows from, null for a first cause
 * @param number header {@code number}: the writer's running number for this topic and key, from 1; readers apply in
 *     this order. 0: unordered (read-only questions, broadcasts)
 * @param traceparent W3C trace context, null when the writer traces nothing
 */
public record Envelope(
        String id,
        String type,
        String source,
        Instant time,
        String tenant,
        Principal principal,
        @Nullable String conversation,
        @Nullable String turn,
        @Nullable String cause,
        long number,
        @Nullable String traceparent) {
    public Envelope {
        Check.text("id", id, 200);
        Check.text("type", type, 100);
        Check.text("source", source, 100);
        Check.present("time", time);
        Check.text("tenant", tenant, 100);
        Check.present("principal", principal);
        Check.optional("conversation", conversation, 300);
        if (number < 0) throw new IllegalArgumentException("number: negative");
    }

    /** The record's key. */
    public String key() {
        return conversation == null ? tenant : tenant + "/" + conversation;
    }
}
