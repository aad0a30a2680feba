package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What messages and forms are compared by: words without their plural, and pairs of Chinese characters. */
final class Terms {
    private static final int LOOKED_AT = 200;

    private Terms() {}

    static Set<String> of(Utterance said) {
        Set<String> terms = new HashSet<>();
        List<Token> tokens = said.tokens().subList(0, Math.min(LOOKED_AT, said.size()));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.WORD) terms.add(singular(token.text()));
            boolean han = token.kind() == Token.Kind.HAN;
            if (han && i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.HAN)
                terms.add(token.text() + tokens.get(i + 1).text());
        }
        return terms;
    }

    /** Of every way to say the form. */
    static Set<String> of(Form form) {
        Set<String> terms = new HashSet<>();
        collect(form.start(), terms, new HashSet<>());
        return terms;
    }

    private static void collect(Form.Node node, Set<String> terms, Set<Integer> seen) {
        if (!seen.add(node.id())) return;
        switch (node) {
            case Form.Literal literal -> {
                if (!isHan(literal.text())) {
                    if (Character.isLetter(literal.text().codePointAt(0))) terms.add(singular(literal.text()));
                } else for (String next : firsts(literal.next(), 0)) terms.add(literal.text() + next);
                collect(literal.next(), terms, seen);
            }
            case Form.Branch branch -> branch.ways().forEach(way -> collect(way, terms, seen));
            case Form.Slot slot -> collect(slot.next(), terms, seen);
            case Form.Accept _ -> {}
        }
    }

    /** Chinese characters that can come first at a node. */
    private static Set<String> firsts(Form.Node node, int depth) {
        Set<String> firsts = new HashSet<>();
        switch (node) {
            case Form.Literal literal -> {
                if (isHan(literal.text())) firsts.add(literal.text());
            }
            case Form.Branch branch -> {
                if (depth < 8) branch.ways().forEach(way -> firsts.addAll(firsts(way, depth + 1)));
            }
            case Form.Slot _, Form.Accept _ -> {}
        }
        return firsts;
    }

    private static boolean isHan(String text) {
        return Character.UnicodeScript.of(text.codePointAt(0)) == Character.UnicodeScript.HAN;
    }

    private static String singular(String word) {
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    /** Whether two words of at least four letters differ in one letter: one too many, too few, another, or two swapped. */
    static boolean isSlip(String a, String b) {
        if (Math.min(a.length(), b.length()) < 4 || Math.abs(a.length() - b.length()) > 1) return false;
        int start = 0;
        while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start)) start++;
        int ends = 0;
        while (ends < Math.min(a.length(), b.length()) - start
                && a.charAt(a.length() - 1 - ends) == b.charAt(b.length() - 1 - ends)) ends++;
        int restA = a.length() - start - ends;
        int restB = b.length() - start - ends;
        boolean swapped = restA == 2
                && restB == 2
                && a.charAt(start) == b.charAt(start + 1)
                && a.charAt(start + 1) == b.charAt(start);
        return swapped || Math.max(restA, restB) <= 1;
    }
}
