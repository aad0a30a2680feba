package ai.chela.gateway.conversation;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A conversation as stored; written by the statements of {@link ConversationStore} only. */
@Entity
public class Conversation {
    /** Identity always includes the tenant. */
    @Embeddable
    public record Key(String tenant, String id) implements Serializable {}

    @EmbeddedId
    Key key = new Key("", "");

    String owner = "";

    String channel = "";

    /** On a chat platform: where answers go. */
    @Nullable
    String address;

    @Column(name = "last_event")
    long lastEvent;
}
