package ai.chela.toolrunner.tool;

import java.nio.charset.StandardCharsets;

/** Lengths of text in bytes. */
public final class Utf8 {
    private Utf8() {}

    /** The longest beginning that is at most {@code bytes} long in UTF-8 and splits no character. */
    public static String cut(String text, int bytes) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length <= bytes) return text;
        int end = bytes;
        // 10xxxxxx continues a character that began before
        while (end > 0 && (encoded[end] & 0xC0) == 0x80) end--;
        return new String(encoded, 0, end, StandardCharsets.UTF_8);
    }
}
