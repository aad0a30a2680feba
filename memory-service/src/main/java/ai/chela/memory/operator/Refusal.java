package ai.chela.memory.operator;

import java.util.Locale;

/** Something that an operator must know or do, in both languages; nothing was changed. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String chinese;

    /** Both texts take the same arguments, as {@link String#format} does. */
    public Refusal(String english, String chinese, Object... arguments) {
        super(String.format(Locale.ROOT, english, arguments), null, false, false);
        this.chinese = String.format(Locale.ROOT, chinese, arguments);
    }

    public String in(Language language) {
        return switch (language) {
            case EN -> String.valueOf(getMessage());
            case ZH -> chinese;
        };
    }
}
