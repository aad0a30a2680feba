package ai.chela.agent.planner;

/** The language of a message. */
public final class Languages {
    private static final int LOOKED_AT = 4_000;

    private Languages() {}

    /** "zh" when at least a third of the letters are Chinese, "en" when the rest is Latin, else {@code preferred}. */
    public static String of(String text, String preferred) {
        int han = 0;
        int other = 0;
        int end = Math.min(text.length(), LOOKED_AT);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) han++;
            else if (Character.isLetter(c)) other++;
        }
        if (han + other == 0) return preferred.equals("zh") ? "zh" : "en";
        return han * 3 >= han + other ? "zh" : "en";
    }
}
