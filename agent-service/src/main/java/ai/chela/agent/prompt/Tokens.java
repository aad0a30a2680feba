package ai.chela.agent.prompt;

/** How many tokens a text may cost, without a model's own tokenizer: an estimate that errs on the high side. */
final class Tokens {
    private Tokens() {}

    /** A token for each CJK character, and one for each four other characters. */
    static int estimate(String text) {
        int wide = 0;
        int other = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x2E80) wide++;
            else other++;
        }
        return wide + (other + 3) / 4 + 4;
    }
}
