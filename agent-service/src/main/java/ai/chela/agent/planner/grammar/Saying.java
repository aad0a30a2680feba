package ai.chela.agent.planner.grammar;

/** One sentence for a person, in both languages. */
public record Saying(String en, String zh) {
    /** The sentence in {@code language}: Chinese for "zh", English for anything else. */
    public String in(String language) {
        return language.equals("zh") ? zh : en;
    }
}
