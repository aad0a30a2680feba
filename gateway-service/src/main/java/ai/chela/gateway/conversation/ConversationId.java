package ai.chela.gateway.conversation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as other services know it: {@code <person>/<name>}. Ids of people hold no slash, so that the names of
 * one person never meet those of another; names that a channel makes begin with the channel ({@code xmpp:}) and are
 * refused where people choose names.
 *
 * @param person id of the person whose conversation it is
 * @param name 1 to 200 of {@code A-Z a-z 0-9 . _ : @ -}
 */
public record ConversationId(String person, String name) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:@-]{1,200}");

    public ConversationId {
        if (person.isEmpty() || person.indexOf('/') >= 0) throw new IllegalArgumentException("person: no slash");
        if (!isName(name)) throw new IllegalArgumentException("name: 1 to 200 of A-Z a-z 0-9 . _ : @ -");
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The chat platform whose conversation it is, null for one that people name themselves. */
    public @Nullable String channel() {
        return name.startsWith("xmpp:") ? "xmpp" : null;
    }

    /** The form on the wire. */
    public String wire() {
        return person + "/" + name;
    }

    /**
     * @throws IllegalArgumentException when it is not of the form of {@link #wire()}
     */
    public static ConversationId parse(String wire) {
        int slash = wire.indexOf('/');
        if (slash < 0) throw new IllegalArgumentException("conversation: expected person/name");
        return new ConversationId(wire.substring(0, slash), wire.substring(slash + 1));
    }
}
