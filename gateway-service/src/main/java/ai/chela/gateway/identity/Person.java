package ai.chela.gateway.identity;

import ai.chela.contracts.identity.PersonChanged;
import ai.chela.contracts.turn.MessageReceived.Speaker;
import ai.chela.kit.file.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person who may talk to Chela.
 *
 * @param id 1 to 60 of {@code a-z 0-9 . _ -}; stays when the name changes
 * @param zone IANA time zone
 * @param language {@code en} or {@code zh}
 * @param owner may confirm pairings, see the audit, decide the approvals of others
 * @param chat addresses by channel, e.g. {@code xmpp} to bare JIDs
 * @param token where her bearer token is; null when she has none of her own
 */
public record Person(
        String id,
        String name,
        String zone,
        String language,
        boolean owner,
        Map<String, List<String>> chat,
        @Nullable Secret token) {
    public Person {
        chat = Map.copyOf(chat);
    }

    /** As messages name her. */
    public Speaker speaker() {
        return new Speaker(id, name, zone, language);
    }

    /** As other services are told of her. */
    public PersonChanged announced(boolean active) {
        return new PersonChanged(id, name, zone, language, active, owner);
    }
}
