package ai.chela.scheduler.trigger;

import org.jspecify.annotations.Nullable;

/**
 * Why something is not done.
 *
 * @param code one of those of {@code ScheduleChanged.Refused}
 * @param detail what exactly was wrong, in the language of who asked; null when the code says it all
 */
public record Refusal(String code, @Nullable String detail) {
    /**
     * A refusal in one of the two languages.
     *
     * @param language {@code zh} or a variant of it for Chinese, anything else is English
     * @param args for {@code %s} in either text
     */
    public static Refusal of(String code, String language, String english, String chinese, Object... args) {
        return new Refusal(code, (language.startsWith("zh") ? chinese : english).formatted(args));
    }
}
