package ai.chela.toolrunner.tool;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** The languages that every text for people exists in. */
public enum Language {
    EN,
    ZH;

    private static final String WEEK = "一二三四五六日";

    /** The day's whole name. Chinese ones are our own: the JDK's are not in every native executable. */
    public String name(DayOfWeek day) {
        return switch (this) {
            case EN -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case ZH -> "星期" + WEEK.charAt(day.ordinal());
        };
    }

    /** Chinese for {@code zh} and its variants such as {@code zh-CN}, else English. */
    public static Language of(String tag) {
        return tag.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
    }
}
