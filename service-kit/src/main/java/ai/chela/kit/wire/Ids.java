package ai.chela.kit.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of events and rows. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /**
     * An id computed from its cause, so that doing the same thing again gives the same id.
     *
     * @return 32 hex digits: the first half of SHA-256 over the parts, each preceded by its length
     */
    public static String derive(String cause, Object... parts) {
        MessageDigest sha = sha256();
        feed(sha, cause);
        for (Object part : parts) feed(sha, String.valueOf(part));
        return HexFormat.of().formatHex(sha.digest(), 0, 16);
    }

    /** A new random id of 32 hex digits, for first causes. */
    public static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A salted digest of content for the audit: {@code salt:sha256}, both in hex. */
    public static String digest(String content) {
        byte[] salt = new byte[8];
        RANDOM.nextBytes(salt);
        MessageDigest sha = sha256();
        sha.update(salt);
        return HexFormat.of().formatHex(salt)
                + ":"
                + HexFormat.of().formatHex(sha.digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static void feed(MessageDigest sha, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
