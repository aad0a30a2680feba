package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.List;
import java.util.Map;

/** Numbers from 0 to 999,999 in digits, English words or Chinese numerals. */
final class Numbers {
    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final Map<String, Integer> TENS =
            Map.of("twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "ninety", 90);
    private static final String DIGITS = "零一二三四五六七八九";

    /** A number and the position after it. */
    record Count(int value, int end) {}

    static final Count NONE = new Count(-1, -1);

    private Numbers() {}

    static Count read(Utterance said, int at) {
        if (at < 0 || at >= said.size()) return NONE;
        Token token = said.at(at);
        return switch (token.kind()) {
            case NUMBER -> digits(token.text(), at);
            case WORD -> words(said, at);
            case HAN -> han(said, at);
            case SYMBOL, URL -> NONE;
        };
    }

    private static Count digits(String text, int at) {
        return text.length() > 6 ? NONE : new Count(Integer.parseInt(text), at + 1);
    }

    private static Count words(Utterance said, int at) {
        String word = said.at(at).text();
        int small = SMALL.indexOf(word);
        if (small >= 0) return new Count(small, at + 1);
        Integer tens = TENS.get(word);
        if (tens == null) return NONE;
        int next = said.is(at + 1, "-") ? at + 2 : at + 1;
        int unit = next < said.size() ? SMALL.indexOf(said.at(next).text()) : -1;
        return unit > 0 && unit < 10 ? new Count(tens + unit, next + 1) : new Count(tens, at + 1);
    }

    /** Chinese numerals up to 九千九百九十九. */
    private static Count han(Utterance said, int from) {
        int total = 0;
        int digit = -1;
        int at = from;
        for (; at < said.size() && said.at(at).text().length() == 1; at++) {
            char c = said.at(at).text().charAt(0);
            int value = c == '两' ? 2 : c == '〇' ? 0 : DIGITS.indexOf(c);
            int scale = c == '十' ? 10 : c == '百' ? 100 : c == '千' ? 1000 : 0;
            if (value < 0 && scale == 0) break;
            if (scale > 0) {
                total += (digit < 0 ? 1 : digit) * scale;
                digit = -1;
            } else {
                if (digit > 0) return NONE;
                digit = value;
            }
        }
        if (at == from) return NONE;
        return new Count(total + Math.max(digit, 0), at);
    }
}
