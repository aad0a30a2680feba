package ai.chela.memory.recall;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked.
 *
 * @param terms what it speaks of, question words left out
 * @param keys all that these can be found by
 * @param seeks what kind of answer would be one
 * @param counted what is to be counted ("how many people"); empty for other questions
 * @param firstPerson whether it is about the asker ("my desk", 我的)
 */
record Question(List<Term> terms, Set<String> keys, Seeks seeks, List<Term> counted, boolean firstPerson) {
    /** A question says at most this much; the rest is not looked at. */
    private static final int MOST_TERMS = 200;

    private static final Pattern TIME = Pattern.compile(
            "\\bwhen\\b|\\bwhat (?:time|day|date|month|year)\\b|\\bwhich (?:day|date|month|week)\\b|什么时候|啥时候|什么时间|何时|几点|几号|哪天|哪一天|星期几|周几|几月");
    private static final Pattern NUMBER = Pattern.compile(
            "\\bhow (?:many|much|long|often|old|big|large|high|far)\\b|多少|多久|多大|多长|多高|多远|几个|几台|几人|几次|几位|几岁");
    private static final Pattern COUNTED =
            Pattern.compile("\\bhow many (?<word>[a-z]+)|(?:多少|几)[个台位名]?(?!钱|时间|天|年|号|点|月|度)(?<han>\\p{IsHan}{1,2})");
    private static final Pattern SOMEONE = Pattern.compile("\\bwho(?:m|se)?\\b|谁|哪位");
    private static final Pattern FIRST_PERSON = Pattern.compile("\\b(?:i|me|my|mine|i'm|i've)\\b|我(?!们)|本人|咱(?!们)");

    enum Seeks {
        TIME,
        NUMBER,
        SOMEONE,
        ANYTHING
    }

    static Question of(String text) {
        String normalized = Tokenizer.normalized(text);
        List<Term> terms = Tokenizer.terms(normalized);
        if (terms.size() > MOST_TERMS) terms = terms.subList(0, MOST_TERMS);
        return new Question(
                List.copyOf(terms),
                Set.copyOf(Tokenizer.keys(terms)),
                seeks(normalized),
                counted(normalized),
                firstPerson(normalized));
    }

    static boolean firstPerson(String normalized) {
        return FIRST_PERSON.matcher(normalized).find();
    }

    private static Seeks seeks(String normalized) {
        if (TIME.matcher(normalized).find()) return Seeks.TIME;
        if (NUMBER.matcher(normalized).find()) return Seeks.NUMBER;
        return SOMEONE.matcher(normalized).find() ? Seeks.SOMEONE : Seeks.ANYTHING;
    }

    private static List<Term> counted(String normalized) {
        Matcher matcher = COUNTED.matcher(normalized);
        return matcher.find()
                ? List.copyOf(Tokenizer.terms(matcher.group().replaceFirst("^how many ", "")))
                : List.of();
    }

    /** Whether a sentence is of the kind that would answer it. */
    boolean answeredBy(Passage passage) {
        return seeksWhat(passage.telling()) && counted.stream().allMatch(term -> term.foundIn(passage.keys()) == 1);
    }

    private boolean seeksWhat(Passage.Telling telling) {
        return switch (seeks) {
            case TIME -> telling.time();
            case NUMBER -> telling.number() || telling.time();
            case SOMEONE -> telling.someone();
            case ANYTHING -> true;
        };
    }
}
