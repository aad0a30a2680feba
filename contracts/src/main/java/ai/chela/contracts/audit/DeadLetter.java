package ai.chela.contracts.audit;

import ai.chela.contracts.Check;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be handled, with its cause.
 *
 * @param topic where it was read
 * @param reader the service that could not handle it
 * @param key its key, null when it had none
 * @param headers its headers
 * @param payload its bytes in Base64, cut to 192 KiB
 * @param cause what went wrong, without content
 */
public record DeadLetter(
        String topic,
        String reader,
        @Nullable String key,
        Map<String, String> headers,
        String payload,
        String cause,
        Instant at) {
    public DeadLetter {
        Check.text("topic", topic, 200);
        Check.text("reader", reader, 100);
        Check.text("cause", cause, 2_000);
        Check.present("payload", payload);
        Check.present("at", at);
        headers = Check.map(headers);
    }
}
