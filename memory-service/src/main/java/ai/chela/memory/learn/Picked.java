package ai.chela.memory.learn;

import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.memory.fact.Sentence;
import ai.chela.memory.fact.StoreFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is kept of a model's proposals: only whole clauses of the message, letter by letter. So nothing is rewritten, nothing is
 * invented, whatever the message talks the model into, and "I work at Acme" is not taken out of "it is not true that I work
 * at Acme".
 */
final class Picked {
    /** Between clauses. */
    private static final String MARKS = ".!?;:,()。！？；：，、（）…—\n";

    private static final Pattern AND_BEFORE =
            Pattern.compile("(?i)(?:^|[\\s,;])(?:and|but|so|also)[\\s,]+$|(?:而且|并且|但是?|另外|还有)[\\s,，]*$");
    private static final Pattern AND_BEHIND = Pattern.compile("(?i)^\\s*(?:and|but|so|because)\\s");

    /** Said of a possible world, or in jest. */
    private static final Pattern SUPPOSED = Pattern.compile(
            "(?i)\\b(?:if|unless|maybe|perhaps|suppose|imagine|pretend|example|joke|joking|kidding|not true|wrong that|do(?:n't|n’t| not) (?:think|believe|say))\\b"
                    + "|如果|要是|假如|假设|也许|可能|大概|好像|比如|例如|开玩笑|假装|并不是说");

    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]");
    private static final int FEWEST_HAN = 4;

    private Picked() {}

    /** In the order in which the model named them. */
    static List<Lesson> of(String message, List<ExtractionCompleted.Lesson> proposed) {
        List<Lesson> lessons = new ArrayList<>();
        for (ExtractionCompleted.Lesson proposal : proposed) {
            String quote = proposal.quote().strip();
            boolean known = lessons.stream().anyMatch(lesson -> lesson.text().contains(quote));
            if (!known && says(quote) && isClause(message, quote) && StoreFlow.refusal(quote) == null)
                lessons.add(new Lesson(quote, preference(proposal, quote)));
        }
        return lessons;
    }

    private static boolean preference(ExtractionCompleted.Lesson proposal, String quote) {
        return switch (proposal.kind()) {
            case PREFERENCE -> true;
            case FACT -> Lessons.isPreference(quote);
        };
    }

    /** Two words, or four characters in Chinese; a word alone says nothing that can be understood later. */
    private static boolean says(String quote) {
        if (!WORDS.matcher(quote).find()) return false;
        if (!Sentence.chinese(quote)) return quote.strip().contains(" ");
        return quote.codePoints().filter(Character::isIdeographic).count() >= FEWEST_HAN;
    }

    private static boolean isClause(String message, String quote) {
        for (int at = message.indexOf(quote); at >= 0; at = message.indexOf(quote, at + 1)) {
            int end = at + quote.length();
            if (begins(message.substring(0, at)) && ends(quote, message.substring(end)) && !supposed(message, at, end))
                return true;
        }
        return false;
    }

    private static boolean begins(String before) {
        String bare = before.stripTrailing();
        return bare.isEmpty()
                || before.endsWith("\n")
                || MARKS.indexOf(bare.charAt(bare.length() - 1)) >= 0
                || AND_BEFORE.matcher(before).find();
    }

    private static boolean ends(String quote, String behind) {
        if (behind.isBlank() || behind.startsWith("\n")) return true;
        char next = behind.stripLeading().charAt(0);
        if (MARKS.indexOf(quote.charAt(quote.length() - 1)) >= 0) return true;
        return MARKS.indexOf(next) >= 0 || AND_BEHIND.matcher(behind).find();
    }

    /** Looks at the whole sentence: a condition stands in another clause of it. */
    private static boolean supposed(String message, int from, int to) {
        int begin = from;
        while (begin > 0 && ".!?。！？\n".indexOf(message.charAt(begin - 1)) < 0) begin--;
        int end = sentenceEnd(message, to);
        String sentence = message.substring(begin, end);
        return SUPPOSED.matcher(sentence).find() || sentence.endsWith("?") || sentence.endsWith("？");
    }

    private static int sentenceEnd(String message, int from) {
        if (from > 0 && ".!?。！？".indexOf(message.charAt(from - 1)) >= 0) return from;
        int end = from;
        while (end < message.length() && ".!?。！？\n".indexOf(message.charAt(end)) < 0) end++;
        return Math.min(message.length(), end + 1);
    }
}
