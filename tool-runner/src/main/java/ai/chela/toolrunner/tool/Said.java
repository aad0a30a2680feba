package ai.chela.toolrunner.tool;

/** One text for people in both languages. */
public record Said(String en, String zh) {

    /** The text in that language. */
    public String in(Language language) {
        return switch (language) {
            case EN -> en;
            case ZH -> zh;
        };
    }
}
