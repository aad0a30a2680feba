package ai.chela.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    @Test
    void its_key_is_the_conversation_within_the_tenant() {
        assertEquals(
                "local/http:terminal",
                envelope("e-1", "local", "http:terminal", 1).key());
    }

    @Test
    void its_key_is_the_tenant_where_there_is_no_conversation() {
        assertEquals("local", envelope("e-1", "local", null, 1).key());
    }

    @Test
    void any_text_is_an_id_when_it_is_neither_blank_nor_too_long() {
        RandomText.texts(4).forEach(text -> {
            if (text.isBlank() || text.length() > 200) assertRefused("id", () -> envelope(text, "local", null, 1));
            else assertEquals(text, envelope(text, "local", null, 1).id());
        });
    }

    @Test
    void any_text_is_a_tenant_when_it_is_neither_blank_nor_too_long() {
        RandomText.texts(5).forEach(text -> {
            if (text.isBlank() || text.length() > 100) assertRefused("tenant", () -> envelope("e-1", text, null, 1));
            else assertEquals(text, envelope("e-1", text, null, 1).key());
        });
    }

    @Test
    void a_conversation_longer_than_300_characters_is_refused() {
        assertRefused("conversation", () -> envelope("e-1", "local", "x".repeat(301), 1));
    }

    @Test
    void a_negative_number_is_refused() {
        assertRefused("number", () -> envelope("e-1", "local", null, -1));
    }

    private static Envelope envelope(String id, String tenant, @Nullable String conversation, long number) {
        return new Envelope(
                id,
                Topic.REPLY.topicName(),
                "chela/agent",
                Instant.parse("2026-11-20T08:14:03.139Z"),
                tenant,
                Principal.person("ana"),
                conversation,
                null,
                null,
                number,
                null);
    }

    private static void assertRefused(String field, Runnable construction) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, construction::run).getMessage());
        assertEquals(field, message.split(":", 2)[0]);
    }
}
