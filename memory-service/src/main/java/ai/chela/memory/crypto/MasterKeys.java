package ai.chela.memory.crypto;

import ai.chela.kit.file.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The master keys at hand, at least one: the first wraps, every other one is a former key and only opens what it wrapped
 * once. Where {@code CHELA_MASTER_KEY} points to they stand one a line.
 */
public final class MasterKeys {
    private static final String NAME = "CHELA_MASTER_KEY";
    private static final String MAKE_ONE = "Make one with: head -c 32 /dev/urandom | base64";

    /** More than one is left over from a rotation that nobody finished. */
    private static final int MOST = 10;

    private final List<MasterKey> keys;

    private MasterKeys(List<MasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the keys that a reference names.
     *
     * @param reference {@code file:PATH} or {@code ${NAME}}, as set in {@code CHELA_MASTER_KEY}; null when not set
     * @param base folder that a relative path starts from
     * @throws MasterKeyException saying what is wrong and what to do; never a key
     */
    public static MasterKeys load(@Nullable String reference, Path base) {
        if (reference == null || reference.isBlank())
            throw new MasterKeyException(NAME + " is not set. Set it to file:PATH, or to ${NAME} for an environment"
                    + " variable, of 32 random bytes in Base64. " + MAKE_ONE);
        if (!reference.startsWith("file:") && !reference.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}"))
            throw new MasterKeyException(NAME + " must be file:PATH or ${NAME}, never the key itself");
        try {
            return parse(new Secret(reference).resolve(base), reference);
        } catch (IOException e) {
            throw new MasterKeyException(
                    NAME + " is " + reference + ", which cannot be read: " + e.getMessage() + ". " + MAKE_ONE);
        }
    }

    /** Keys with white space between them, the one that wraps first. */
    private static MasterKeys parse(String text, String reference) {
        String[] parts = text.strip().split("\\s+");
        if (parts.length > MOST)
            throw new MasterKeyException(
                    NAME + " is " + reference + ", which holds " + parts.length + " keys; the most are " + MOST);
        List<MasterKey> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String part : parts) {
            MasterKey key = one(part, reference);
            if (ids.add(key.id())) keys.add(key);
        }
        return new MasterKeys(keys);
    }

    private static MasterKey one(String base64, String reference) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new MasterKeyException(NAME + " is " + reference + ", which does not hold Base64. " + MAKE_ONE);
        }
        if (bytes.length != Aes.KEY_BYTES)
            throw new MasterKeyException(NAME + " is " + reference + ", which holds a key of " + bytes.length
                    + " bytes; needed: " + Aes.KEY_BYTES + ". " + MAKE_ONE);
        return new MasterKey(bytes);
    }

    /** The key that is to wrap everything. */
    public MasterKey first() {
        return keys.getFirst();
    }

    /** The key with that id; null when it is not at hand. */
    public @Nullable MasterKey named(String id) {
        for (MasterKey key : keys) if (key.id().equals(id)) return key;
        return null;
    }

    /** In the order in which they are written, the first one first. */
    public List<String> ids() {
        return keys.stream().map(MasterKey::id).toList();
    }
}
