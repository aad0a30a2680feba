package ai.chela.agent.planner.date;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of weekdays and months, short and long. */
final class Names {
    private static final String WEEK = "一二三四五六日";

    private Names() {}

    static String day(DayOfWeek day, String language) {
        if (language.equals("zh")) return "周" + WEEK.charAt(day.ordinal());
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    static String month(int month) {
        return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** "monday", "mon", "mondays"; null for anything else. */
    static @Nullable DayOfWeek weekday(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            if (word.equals(name) || word.equals(name + "s") || word.equals(name.substring(0, 3))) return day;
        }
        return switch (word) {
            case "tues" -> DayOfWeek.TUESDAY;
            case "thur", "thurs" -> DayOfWeek.THURSDAY;
            default -> null;
        };
    }

    /** 一 to 六, 日 or 天, or 1 to 6; null for anything else. */
    static @Nullable DayOfWeek hanWeekday(String character) {
        if (character.equals("天")) return DayOfWeek.SUNDAY;
        if (character.length() != 1) return null;
        int index = WEEK.indexOf(character);
        if (index < 0) index = "123456".indexOf(character);
        return index < 0 ? null : DayOfWeek.of(index + 1);
    }

    /** "december", "dec"; -1 for anything else. */
    static int month(String word) {
        for (Month month : Month.values()) {
            String name = month.name().toLowerCase(Locale.ROOT);
            if (word.equals(name) || word.equals(name.substring(0, 3))) return month.getValue();
        }
        return word.equals("sept") ? 9 : -1;
    }
}
