package ai.chela.memory.embedding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names of models that an operator brings: what makes other vectors makes another name. */
final class ModelKey {
    private static final int MOST_OF_A_NAME = 40;
    private static final int DIGITS = 12;

    private ModelKey() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * @param source {@code endpoint} or {@code file}
     * @param name what people call it; may be anything
     * @param digest over all that decides what its vectors are
     * @return letters, digits, dots and dashes: it becomes the name of a folder and of a collection
     */
    static String of(String source, String name, byte[] digest) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        String shown = plain.substring(0, Math.min(plain.length(), MOST_OF_A_NAME));
        return source + "-" + (shown.isEmpty() ? "model" : shown) + "-"
                + HexFormat.of().formatHex(digest).substring(0, DIGITS);
    }

    /** With a length before each, so that two lists of parts never run into the same bytes. */
    static byte[] digest(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return digest.digest();
    }
}
