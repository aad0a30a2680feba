package ai.chela.memory.qdrant;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.index.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** What things are called in the collection. */
final class Names {
    /** Another number, another form of points: a collection of an older form is carried over into a new one. */
    static final int FORM = 1;

    /** The sparse vector. */
    static final String WORDS = "words";

    // the payload of a point
    static final String TENANT = "tenant";
    static final String SCOPE = "scope";
    static final String KIND = "kind";
    static final String ID = "id";
    static final String CHANGE = "change";
    static final String LENGTH = "length";
    static final String KEYS = "keys";
    static final String AT = "at";

    // the kinds of points
    static final String FACT = "fact";

    /** In the place of what is gone, so that a change that comes late cannot bring it back. Holds nothing but its id. */
    static final String GONE = "gone";

    /** One for each place: how far it is. */
    static final String PLACE = "place";

    /** Any fixed UUID will do, and none but this from now on. */
    private static final UUID NAMESPACE = UUID.fromString("5f0b6a0e-7a0c-5d1b-9a53-0d6c3f1f4c11");

    private Names() {}

    /** The alias of the collection of one history of a database: another history never meets it. */
    static String alias(String base, String history) {
        return base + "-" + history;
    }

    static String collection(String alias) {
        return alias + "-" + FORM;
    }

    /** Of the dense vectors of a model. */
    static String vector(Embedder.Model model) {
        boolean usable = model.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
                && !model.name().equals(WORDS);
        return (usable ? model.name() : Ids.derive("model", model.name())) + "-" + model.dimensions();
    }

    /** The same memory in the same place is always the same point. */
    static String point(Place place, String id) {
        return uuid(FACT, place.tenant(), place.scope().stored(), id);
    }

    static String place(Place place) {
        return uuid(PLACE, place.tenant(), place.scope().stored());
    }

    /** A UUID of version 5 over these parts, each with its length before it. */
    private static String uuid(String... parts) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .array());
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha1.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            sha1.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
        long high = hash.getLong() & ~0xF000L | 0x5000L;
        long low = hash.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** The place of a key in the sparse vector: two keys of four billion may share one. */
    static int index(String key) {
        return Integer.parseUnsignedInt(Ids.derive("key", key).substring(0, 8), 16);
    }
}
