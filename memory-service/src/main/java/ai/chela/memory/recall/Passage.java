package ai.chela.memory.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One sentence of a memory, prepared for questions.
 *
 * @param sides its parts before and after the words that join them ("the staging database | db-17"): a question that
 *     covers one side and leaves the other open is answered by it
 * @param telling what it has that answers "when", "how many" and "who"
 */
record Passage(Set<String> keys, List<List<Term>> sides, Telling telling) {
    /** A question has at most this many sentences' worth of a long memory looked at. */
    private static final int MOST = 400;

    /** What a sentence is about mostly stands first. */
    private static final double LATER_SIDE = 0.7;

    private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?])\\s+|[。！？;；\\n]+");
    private static final Pattern JOINS = Pattern.compile(
            "(?i)\\b(?:is|are|was|were|will be|has|have|had|at|on|in|by|for|of|from|to|with|uses?|using|runs?|lives?|likes?|"
                    + "prefers?|owns?|leads?|costs?|starts?|ends?|belongs?|sits?|means|and|every|each|called|named|before|"
                    + "after|until|since)\\b|\\s*(?:=|->|→|[:：](?!\\d)|[,，、])\\s*"
                    + "|(?<![可但还于总只不要若正凡])是(?!否)|(?<![因作认成以])为(?![了什何])|在(?![线职途])|由(?!来)|用(?![户途量])|叫|归|交给|负责|位于|喜欢|有(?![限效])"
                    // times are what is told, not what it is about
                    + "|每[天日周月年]?|周[一二三四五六日末]|凌晨|早上|上午|中午|下午|晚上"
                    + "|[零一二两三四五六七八九十\\d]+(?:[点号日月年时分秒]|小时|分钟)[半钟]?"
                    + "|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\\b");

    record Telling(boolean time, boolean number, boolean someone) {
        private static final Pattern TIME = Pattern.compile(
                "(?i)\\d|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\\b|\\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
                        + "[a-z]*\\b|\\b(?:today|tomorrow|tonight|noon|midnight|morning|afternoon|evening|night|week|weekend|month|"
                        + "quarter|year|daily|weekly|monthly|yearly|hour|minute|clock|spring|summer|autumn|winter|before|after|"
                        + "once|twice|first|last)s?\\b|[点号日月周年天时]|星期|礼拜|早上|晚上|上午|下午|中午|凌晨|季度|分钟|春|夏|秋|冬");
        private static final Pattern NUMBER = Pattern.compile(
                "(?i)\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|"
                        + "thousand|million|dozen|half|none|zero|no|twice|once|unlimited)\\b|[一二三四五六七八九十百千万亿两半零]|没有");
        /** Chinese names look like any other word. */
        private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

        private static final Pattern NAME = Pattern.compile("\\b[A-Z][a-z]+\\b");
        private static final Pattern NOT_A_NAME = Pattern.compile(
                "(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september|"
                        + "october|november|december)");

        static Telling of(String sentence, boolean joined) {
            return new Telling(
                    TIME.matcher(sentence).find(),
                    NUMBER.matcher(sentence).find(),
                    joined || HAN.matcher(sentence).find() || names(sentence));
        }

        private static boolean names(String sentence) {
            return NAME.matcher(sentence)
                    .results()
                    .anyMatch(match -> !NOT_A_NAME.matcher(match.group()).matches()
                            && !English.isWeak(match.group().toLowerCase(java.util.Locale.ROOT))
                            && !English.isStop(match.group().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    /**
     * @param speaker name of who said it, added where the sentence speaks in the first person; null for nobody
     */
    static List<Passage> of(String text, @Nullable String speaker) {
        List<Passage> passages = new ArrayList<>();
        for (String sentence : SENTENCES.split(text.strip())) {
            if (sentence.isBlank() || passages.size() == MOST) continue;
            passages.add(one(sentence, speaker));
        }
        return List.copyOf(passages);
    }

    private static Passage one(String sentence, @Nullable String speaker) {
        String normalized = Tokenizer.normalized(sentence);
        List<List<Term>> sides = new ArrayList<>();
        for (String side : JOINS.split(normalized)) {
            List<Term> terms = Tokenizer.terms(side);
            if (!terms.isEmpty()) sides.add(List.copyOf(terms));
        }
        Set<String> keys = Tokenizer.keys(Tokenizer.terms(normalized));
        if (speaker != null && Question.firstPerson(normalized))
            keys.addAll(Tokenizer.keys(Tokenizer.terms(Tokenizer.normalized(speaker))));
        return new Passage(Set.copyOf(keys), List.copyOf(sides), Telling.of(sentence, sides.size() > 1));
    }

    /** The share of its best covered side that the question speaks of, from 0 to 1. */
    double side(Set<String> question) {
        double best = 0;
        for (int i = 0; i < sides.size(); i++) {
            List<Term> side = sides.get(i);
            double all = 0;
            double found = 0;
            for (Term term : side) {
                if (term.foundIn(question) == 0 && isValue(term)) continue;
                all += term.weight();
                found += term.weight() * term.foundIn(question);
            }
            if (all > 0) best = Math.max(best, (i == 0 ? 1 : LATER_SIDE) * found / all);
        }
        return best;
    }

    /** Numbers and names with a number are mostly what is told about something else. */
    private static boolean isValue(Term term) {
        return term.key().chars().anyMatch(Character::isDigit);
    }
}
