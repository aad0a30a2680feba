package ai.chela.memory.index;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.fact.Scope;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** The fields of the word index, and the bytes that stand in them. */
final class Terms {
    /** Scope and id, to find one entry; the id alone as a value of it. */
    static final String ID = "id";

    /** The scope alone: once in each entry, and as often as the entry is long. */
    static final String SCOPE = "scope";

    /** Scope and key. */
    static final String WORDS = "words";

    static final FieldType COUNTED = counted(true);
    static final FieldType WITH_LENGTH = counted(false);

    /** Longer keys are replaced by their digest: Lucene takes no term over 32 KiB, and nobody asks for such a word. */
    private static final int LONGEST = 128;

    private Terms() {}

    private static FieldType counted(boolean omitNorms) {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.setTokenized(true);
        type.setOmitNorms(omitNorms);
        type.freeze();
        return type;
    }

    /** A digest, so that no name of a scope is the beginning of another; 16 bytes. */
    static byte[] prefix(Scope scope) {
        return HexFormat.of().parseHex(Ids.derive("scope", scope.stored()));
    }

    static BytesRef id(byte[] prefix, String id) {
        return joined(prefix, HexFormat.of().parseHex(id));
    }

    static BytesRef word(byte[] prefix, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return joined(prefix, bytes.length <= LONGEST ? bytes : HexFormat.of().parseHex(Ids.derive("key", key)));
    }

    private static BytesRef joined(byte[] prefix, byte[] rest) {
        byte[] bytes = new byte[prefix.length + rest.length];
        System.arraycopy(prefix, 0, bytes, 0, prefix.length);
        System.arraycopy(rest, 0, bytes, prefix.length, rest.length);
        return new BytesRef(bytes);
    }
}
