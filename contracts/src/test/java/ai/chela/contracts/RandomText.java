package ai.chela.contracts;

import java.util.Random;
import java.util.stream.Stream;

/** Texts that people and programs get wrong: empty, blank, long, with marks of our own formats, in many scripts. */
final class RandomText {
    private static final String[] PIECES = {
        "",
        " ",
        "\u3000",
        "\t",
        "\n",
        ";",
        ";for",
        ";for=",
        "for=",
        "=",
        ":",
        "/",
        "person:",
        "service:",
        "trigger:t-7",
        "-",
        "ana",
        "林晓",
        "O'Neill",
        "é",
        "e\u0301",
        "😀",
        "\u200f",
        "\u0000",
        "\"",
        "\\",
        "%3B",
        ",",
        "a".repeat(99)
    };

    private RandomText() {}

    /** A thousand texts of up to five pieces, always the same ones. */
    static Stream<String> texts(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> text(random)).limit(1_000);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(6); pieces > 0; pieces--) text.append(PIECES[random.nextInt(PIECES.length)]);
        return text.toString();
    }
}
