package ai.chela.memory.learn;

import ai.chela.memory.fact.SecretGuard;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What certain patterns leave of a message, where it may be worth a model's look: it tells something of the person who says it,
 * or how she wants things done. Nothing of messages that patterns must not look at either, however short they are: pasted
 * text, quotations, commands, and whatever holds something like a password.
 */
final class Unlearned {
    /** Longer messages are not her own words any more, or are work and not acquaintance. */
    static final int LONGEST = 2_000;

    private static final Pattern QUESTION = Pattern.compile("[?？]$|(?:吗|呢|么)[。！!.]?$");

    /** Not "me", which is in most requests ("tell me ..."). */
    private static final Pattern OF_HERSELF = Pattern.compile(
            "(?i)\\b(?:i|i'm|i’m|i've|i’ve|i'd|i’d|my|mine|myself|we|we're|we’re|our|ours)\\b|我|咱|俺|本人");

    private static final Pattern OF_HER_WISHES = Pattern.compile(
            "(?i)\\b(?:always|never|from now on|in (?:the )?future|prefer|preferred|by default|whenever|every time)\\b"
                    + "|以后|今后|往后|从现在起|总是|一律|每次|默认|不要再|偏好");

    private Unlearned() {}

    /**
     * Null when a model need not be asked.
     *
     * @param learned what patterns have found in it
     */
    static @Nullable String of(String message, List<Lesson> learned) {
        if (message.length() > LONGEST || Lessons.PASTED.matcher(message).find() || SecretGuard.refuses(message))
            return null;
        List<String> all = Lessons.sentences(message);
        List<String> left = all.stream()
                .filter(sentence -> !QUESTION.matcher(sentence).find())
                .filter(sentence -> learned.stream().noneMatch(lesson -> sentence.endsWith(lesson.text())))
                .toList();
        if (left.stream().noneMatch(Unlearned::tells)) return null;
        return left.size() == all.size() ? message.strip() : String.join("\n", left);
    }

    private static boolean tells(String sentence) {
        return OF_HERSELF.matcher(sentence).find()
                || OF_HER_WISHES.matcher(sentence).find();
    }
}
