package ai.chela.launcher.language;

import java.util.Locale;
import java.util.Map;

/** The two languages that the launcher speaks. */
public enum Language {
    EN,
    ZH;

    /** The language of a terminal: Chinese where {@code LC_ALL}, {@code LC_MESSAGES} or {@code LANG} (the first set) begins with {@code zh}. */
    public static Language of(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) return value.startsWith("zh") ? ZH : EN;
        }
        return EN;
    }

    /** The text of this language, filled in as {@link String#format} does; both texts take the same arguments. */
    public String say(String english, String chinese, Object... arguments) {
        String text = this == ZH ? chinese : english;
        return arguments.length == 0 ? text : String.format(Locale.ROOT, text, arguments);
    }

    /** The tag that configuration files use: {@code en} or {@code zh}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
