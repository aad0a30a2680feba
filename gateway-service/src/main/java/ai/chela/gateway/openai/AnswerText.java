package ai.chela.gateway.openai;

/**
 * Makes one text that only grows out of pieces that may be lost, begun anew, or in the end be something else. Not
 * thread-safe.
 */
final class AnswerText {
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder attemptText = new StringBuilder();
    private int attempt;
    private int next;
    private boolean broken;

    /** What a piece adds to what was shown; empty when it adds nothing that is sure to continue it. */
    String piece(int ofAttempt, int index, String text) {
        if (ofAttempt < attempt) return "";
        if (ofAttempt > attempt) {
            attempt = ofAttempt;
            attemptText.setLength(0);
            next = 0;
            broken = false;
        }
        if (index < next) return "";
        if (index > next) broken = true;
        if (broken) return "";
        next++;
        attemptText.append(text);
        return grow(attemptText.toString());
    }

    private String grow(String text) {
        if (!text.startsWith(shown.toString())) return "";
        String added = text.substring(shown.length());
        shown.append(added);
        return added;
    }

    /** What completes what was shown. When the answer is not how it began, it is given whole, marked as corrected. */
    String complete(String answer) {
        String seen = shown.toString();
        if (answer.startsWith(seen)) return answer.substring(seen.length());
        String stripped = seen.stripTrailing();
        if (answer.startsWith(stripped))
            return answer.substring(stripped.length()).stripLeading();
        return "\n\n[corrected / 更正]\n\n" + answer;
    }
}
