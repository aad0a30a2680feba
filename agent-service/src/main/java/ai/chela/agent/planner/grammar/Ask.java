package ai.chela.agent.planner.grammar;

/** The value of a slot that was recognised but cannot be used as it is: what to ask the person. */
public record Ask(Saying question) {
    public static Ask of(String en, String zh) {
        return new Ask(new Saying(en, zh));
    }
}
