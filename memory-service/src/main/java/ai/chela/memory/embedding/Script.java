package ai.chela.memory.embedding;

/** What a text is mostly written in; it decides which model reads it. */
enum Script {
    LATIN,
    HAN;

    /**
     * A Chinese sentence about servers is half English words, an English one hardly ever has Chinese characters: so one
     * character to two words of other scripts is Chinese.
     */
    private static final int WORDS_TO_A_CHARACTER = 2;

    /** This much is looked at. */
    private static final int MOST = 2_000;

    static Script of(String text) {
        int han = 0;
        int words = 0;
        boolean inWord = false;
        int end = Math.min(text.length(), MOST);
        for (int i = 0; i < end; ) {
            int point = text.codePointAt(i);
            boolean eastAsian = isEastAsian(point);
            boolean letter = !eastAsian && Character.isLetter(point);
            if (eastAsian) han++;
            if (letter && !inWord) words++;
            inWord = letter;
            i += Character.charCount(point);
        }
        return han > 0 && han * WORDS_TO_A_CHARACTER >= words ? HAN : LATIN;
    }

    private static boolean isEastAsian(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO -> true;
            default -> false; // some two hundred others
        };
    }
}
