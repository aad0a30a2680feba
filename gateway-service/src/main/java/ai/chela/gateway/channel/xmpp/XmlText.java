package ai.chela.gateway.channel.xmpp;

/** Text that a stanza can carry: a server ends the stream at a character that XML 1.0 has not. */
final class XmlText {
    private XmlText() {}

    /** The same text with U+FFFD in place of what XML has not: most control characters and halves of surrogate pairs. */
    static String of(String text) {
        if (text.codePoints().allMatch(XmlText::isAllowed)) return text;
        StringBuilder allowed = new StringBuilder(text.length());
        text.codePoints().forEach(point -> allowed.appendCodePoint(isAllowed(point) ? point : 0xFFFD));
        return allowed.toString();
    }

    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
