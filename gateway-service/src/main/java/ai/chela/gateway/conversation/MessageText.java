package ai.chela.gateway.conversation;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What may be a message: text for people, and ids that any log or header can carry. */
public final class MessageText {
    /** Of a message's text in UTF-8. */
    public static final int MAX_BYTES = 65_536;

    private static final int MAX_ID = 200;

    private MessageText() {}

    /** What is wrong with a text, null when nothing is. */
    public static @Nullable String problem(String text) {
        if (text.isBlank()) return "is empty";
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                return "holds half a surrogate pair at character " + (i + 1);
            if (Character.isISOControl(point) && point != '\n' && point != '\t' && point != '\r')
                return "holds the control character U+%04X at character %d; allowed: line breaks and tabs"
                        .formatted(point, i + 1);
            i += Character.charCount(point);
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) return "is " + bytes + " bytes long; allowed: 65,536 bytes of UTF-8";
        return null;
    }

    /** What is wrong with a message's id, null when nothing is. */
    public static @Nullable String idProblem(String id) {
        boolean visible = id.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return id.isEmpty() || id.length() > MAX_ID || !visible
                ? "is not allowed; allowed: 1 to 200 visible ASCII characters without spaces"
                : null;
    }
}
