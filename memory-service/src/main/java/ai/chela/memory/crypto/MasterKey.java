package ai.chela.memory.crypto;

import java.util.HexFormat;

/** One key above all keys. It lives outside the database and wraps each tenant's key. */
public final class MasterKey {
    private final byte[] key;

    /**
     * @param key {@link Aes#KEY_BYTES} random bytes
     */
    MasterKey(byte[] key) {
        this.key = key;
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
