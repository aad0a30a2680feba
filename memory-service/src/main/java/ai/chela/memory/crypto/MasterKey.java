package ai.chela.memory.crypto;

import ai.chela.kit.file.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The key above all keys. It lives outside the database and wraps each tenant's key. */
public final class MasterKey {
    private static final String NAME = "CHELA_MASTER_KEY";
    private static final String MAKE_ONE = "Make one with: head -c 32 /dev/urandom | base64";

    private final byte[] key;

    private MasterKey(byte[] key) {
        this.key = key;
    }

    /**
     * Reads the key that a reference names.
     *
     * @param reference {@code file:PATH} or {@code ${NAME}}, as set in {@code CHELA_MASTER_KEY}; null when not set
     * @param base folder that a relative path starts from
     * @throws MasterKeyException saying what is wrong and what to do; never the key
     */
    public static MasterKey load(@Nullable String reference, Path base) {
        if (reference == null || reference.isBlank())
            throw new MasterKeyException(NAME + " is not set. Set it to file:PATH, or to ${NAME} for an environment"
                    + " variable, of 32 random bytes in Base64. " + MAKE_ONE);
        if (!reference.startsWith("file:") && !reference.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}"))
            throw new MasterKeyException(NAME + " must be file:PATH or ${NAME}, never the key itself");
        try {
            return of(new Secret(reference).resolve(base), reference);
        } catch (IOException e) {
            throw new MasterKeyException(
                    NAME + " is " + reference + ", which cannot be read: " + e.getMessage() + ". " + MAKE_ONE);
        }
    }

    private static MasterKey of(String base64, String reference) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException _) {
            throw new MasterKeyException(NAME + " is " + reference + ", which does not hold Base64. " + MAKE_ONE);
        }
        if (bytes.length != Aes.KEY_BYTES)
            throw new MasterKeyException(NAME + " is " + reference + ", which holds " + bytes.length
                    + " bytes; needed: " + Aes.KEY_BYTES + ". " + MAKE_ONE);
        return new MasterKey(bytes);
    }

    /** Tells one master key from another and nothing else about it: 16 hex digits. */
    public String id() {
        return HexFormat.of().formatHex(Aes.fingerprint(key, "chela master key id"), 0, 8);
    }

    public byte[] wrap(String as, byte[] inner) {
        return Aes.seal(key, as, inner);
    }

    /**
     * @throws WrongKeyException when it was wrapped by another master key
     */
    public byte[] unwrap(String as, byte[] wrapped) {
        return Aes.open(key, as, wrapped);
    }
}
