package ai.chela.agent.reply;

/** What somebody else wrote, cut to a length that a reply can quote. */
final class Shortened {
    private static final int LONGEST = 200;

    private Shortened() {}

    static String text(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
