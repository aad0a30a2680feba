package ai.chela.memory.operator;

import java.util.Locale;
import java.util.Map;

/** The two languages that an operator is spoken to in. */
public enum Language {
    EN,
    ZH;

    /** Chinese where the first set one of {@code LC_ALL}, {@code LC_MESSAGES}, {@code LANG} begins with {@code zh}. */
    public static Language of(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) return value.startsWith("zh") ? ZH : EN;
        }
        return EN;
    }

    /** The text of this language, filled in as {@link String#format} does; both texts take the same arguments. */
    public String say(String english, String chinese, Object... arguments) {
        return String.format(Locale.ROOT, this == ZH ? chinese : english, arguments);
    }
}
