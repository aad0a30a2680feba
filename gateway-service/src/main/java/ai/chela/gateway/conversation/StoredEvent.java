package ai.chela.gateway.conversation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was shown in a conversation.
 *
 * @param number from 1, without a gap within the conversation; the id on streams
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StoredEvent(
        @JsonIgnore EventType kind,
        long number,
        @Nullable String inReplyTo,
        String text,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String code,
        @Nullable String approval,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String state,
        Instant at) {
    static StoredEvent of(EventDraft draft, long number) {
        return new StoredEvent(
                draft.type(),
                number,
                draft.inReplyTo(),
                draft.text(),
                draft.code(),
                draft.approval(),
                draft.state(),
                draft.at());
    }

    /** The word of its kind. */
    @JsonProperty
    public String type() {
        return kind.word();
    }
}
