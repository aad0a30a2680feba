package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may stand in the free-text slots, by type. */
final class FreeText {
    private static final Set<String> WH = Set.of(
            "what what's whats which who who's whos whom whose when when's where where's why how how's".split(" "));
    private static final List<String> ZH_QUESTION = List.of(
            "什么", "谁", "哪", "几", "多少", "吗", "呢", "怎么", "怎样", "何时", "如何", "多久", "多长", "多大", "是不是", "有没有", "是否", "为何",
            "干嘛", "啥");
    private static final Set<String> EVALUATIVE = Set.of(
            "it it's that that's this should answer is fine ok okay good great nothing right correct all not never enough alright too so very really just done wrong perfect cool true false me my you your up over only still also no yes bad better nice clear a an hard easy possible impossible important urgent about because later now here there what who how why when where which"
                    .split(" "));
    private static final List<String> ZH_EVALUATIVE = List.of(
            "是", "应该", "现在", "其实", "它", "改", "没事", "好的", "好", "可以", "没关系", "不用", "行", "对", "算了", "没什么", "我", "你", "这样",
            "那样", "不", "没", "很", "太", "真", "挺", "还");
    private static final Set<String> POINTING =
            Set.of("it that this them him her me us everything anything about it's all what".split(" "));
    private static final List<String> ZH_POINTING =
            List.of("它", "这", "那", "了", "吧", "我", "你", "掉", "一切", "所有", "全部", "带", "过", "不", "得");
    private static final List<String> ZH_DOUBTFUL = List.of("的", "了", "吗", "过", "不", "呢", "吧", "别", "什么", "啥", "没");

    private FreeText() {}

    /** The text of the tokens for a slot of {@code type}; null: they do not fit it. */
    static @Nullable String read(String type, String language, Utterance said, int from, int to) {
        String text = said.verbatim(from, to);
        if (text.isBlank()) return null;
        return switch (type) {
            case "text" -> text;
            case "phrase" -> phrase(language, text);
            case "whether" -> whether(language, said, from, text);
            case "question" -> question(said, from, to, text);
            case "query" -> pointing(language, said, from, text) ? null : withoutStop(text);
            case "value" -> value(language, said, from, to, text);
            default -> null;
        };
    }

    private static String withoutStop(String text) {
        return text.replaceFirst("[.。!！]$", "");
    }

    private static @Nullable String phrase(String language, String text) {
        if (language.equals("zh")) {
            if (ZH_DOUBTFUL.stream().anyMatch(text::startsWith) || text.contains("提醒")) return null;
            if (text.matches("(?s).*(算了|取消|不用了|不必了)[吧。!！]?$")) return null;
        }
        String bare = text.replaceFirst("[.。!！?？]$", "").strip();
        return bare.isEmpty() || bare.toLowerCase(Locale.ROOT).matches("(it|that|this|them)") ? null : bare;
    }

    /** A message that is a question is kept as it is; after "tell me" its mark belongs to the request. */
    private static @Nullable String question(Utterance said, int from, int to, String text) {
        if (!isQuestion(said, from, to)) return null;
        return from == 0 ? text : text.replaceFirst("[?？]$", "");
    }

    private static @Nullable String whether(String language, Utterance said, int from, String text) {
        if (language.equals("zh")) return text;
        String first = said.at(from).text();
        return first.equals("whether") || first.equals("if") || WH.contains(first) ? withoutStop(text) : null;
    }

    static boolean isQuestion(Utterance said, int from, int to) {
        if (to - from < 2) return false;
        if (said.is(to - 1, "?")) return true;
        if (WH.contains(said.at(from).text()))
            return !(said.is(from, "what") && (said.is(from + 1, "a") || said.is(from + 1, "an")))
                    && !said.is(to - 1, "!");
        String text = said.verbatim(from, to);
        return said.at(from).kind() != Token.Kind.SYMBOL && ZH_QUESTION.stream().anyMatch(text::contains);
    }

    private static boolean pointing(String language, Utterance said, int from, String text) {
        if (text.matches("(?is)[mt]-[0-9].*")) return true;
        if (language.equals("zh")) return ZH_POINTING.stream().anyMatch(text::startsWith);
        boolean alone = POINTING.contains(said.at(from).text());
        boolean subject = Set.of("all", "about", "what").contains(said.at(from).text())
                && from + 1 < said.size()
                && !POINTING.contains(said.at(from + 1).text());
        return alone && !subject;
    }

    private static @Nullable String value(String language, Utterance said, int from, int to, String text) {
        if (to - from > 60 || said.is(to - 1, "?")) return null;
        if (language.equals("zh") && ZH_EVALUATIVE.stream().anyMatch(text::startsWith)) return null;
        if (",.:;!".contains(said.at(from).text())
                || EVALUATIVE.contains(said.at(from).text())) return null;
        String bare = withoutStop(text);
        return bare.isBlank() ? null : bare;
    }
}
