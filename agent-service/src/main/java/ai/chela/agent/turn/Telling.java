package ai.chela.agent.turn;

import java.util.regex.Pattern;

/** Whether a message tells something of the person who says it, where memory may learn from it. */
final class Telling {
    private static final int LONGEST = 300;

    private static final Pattern OF_HERSELF =
            Pattern.compile("(?i)\\b(?:i|i'm|i’m|my|we|our|call me|from now on)\\b|我|以后|从现在起");

    private static final Pattern QUESTION = Pattern.compile("[?？]|(?:吗|呢)[。！!.]?\\s*$");

    private Telling() {}

    static boolean isOne(TurnInput input) {
        String text = input.text();
        return !input.room()
                && input.messageId() != null
                && text.length() <= LONGEST
                && OF_HERSELF.matcher(text).find()
                && !QUESTION.matcher(text).find();
    }
}
