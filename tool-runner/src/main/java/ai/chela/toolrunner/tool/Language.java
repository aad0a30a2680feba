package ai.chela.toolrunner.tool;

import java.util.Locale;

/** The languages that every text for people exists in. */
public enum Language {
    EN(Locale.ENGLISH),
    ZH(Locale.SIMPLIFIED_CHINESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** For names of days and months. */
    public Locale locale() {
        return locale;
    }

    /** Chinese for {@code zh} and its variants such as {@code zh-CN}, else English. */
    public static Language of(String tag) {
        return tag.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
    }
}
