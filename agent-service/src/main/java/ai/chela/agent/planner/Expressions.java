package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arithmetic as people write it, onto the operators of an evaluator. */
final class Expressions {
    private static final Set<String> FUNCTIONS = Set.of(
            "sqrt", "abs", "min", "max", "round", "floor", "ceiling", "sin", "cos", "tan", "log", "log10", "pi", "e");
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("plus", "+"),
            Map.entry("minus", "-"),
            Map.entry("times", "*"),
            Map.entry("x", "*"),
            Map.entry("over", "/"),
            Map.entry("×", "*"),
            Map.entry("÷", "/"),
            Map.entry("−", "-"),
            Map.entry("加", "+"),
            Map.entry("减", "-"),
            Map.entry("乘", "*"),
            Map.entry("除", "/"));
    private static final String MARKS = "+-*/^(),.";
    private static final int LONGEST = 200;

    private Expressions() {}

    /** The evaluator's form of the tokens from {@code from} to {@code to}; null: they are no calculation. */
    static @Nullable String read(Utterance said, int from, int to) {
        if (to - from > LONGEST) return null;
        StringBuilder out = new StringBuilder();
        boolean operator = false;
        boolean digit = false;
        for (int i = from; i < to; i++) {
            Token token = said.at(i);
            String text = token.text();
            String word = WORDS.get(text);
            if (token.kind() == Token.Kind.NUMBER) {
                if (i > from && said.at(i - 1).kind() == Token.Kind.NUMBER) return null;
                out.append(text);
                digit = true;
            } else if (word != null) {
                out.append(word);
                operator = true;
                if (said.is(i, "除") && said.is(i + 1, "以") || said.is(i, "乘") && said.is(i + 1, "以")) i++;
            } else if (said.after(i, "divided", "by") > 0 || said.after(i, "multiplied", "by") > 0) {
                out.append(text.equals("divided") ? "/" : "*");
                operator = true;
                i++;
            } else if (text.equals("%") && !said.is(i + 1, "%")) {
                out.append("/100");
                if (said.is(i + 1, "of")) {
                    out.append('*');
                    i++;
                }
                operator = true;
            } else if (FUNCTIONS.contains(text)) {
                out.append(text.toUpperCase(java.util.Locale.ROOT));
                operator = true;
            } else if (text.length() == 1 && MARKS.contains(text)) {
                boolean part = text.equals(".") || text.equals(",");
                if (text.equals(".") && !(said.glued(i) && said.glued(i + 1))) return null;
                out.append(text);
                operator |= !part && !text.equals("(") && !text.equals(")");
            } else return null;
        }
        return digit && operator && balanced(out) ? out.toString() : null;
    }

    private static boolean balanced(CharSequence text) {
        int depth = 0;
        for (int i = 0; i < text.length() && depth >= 0; i++)
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
        return depth == 0 && "*/^,".indexOf(text.charAt(0)) < 0 && "+-*/^,".indexOf(text.charAt(text.length() - 1)) < 0;
    }
}
