package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Ask;

/** What is asked back about a time. */
final class Questions {
    private Questions() {}

    static Ask whichDay() {
        return Ask.of("Which day do you mean? For example “next Monday”.", "您指的是哪一天？例如“下周一”。");
    }

    static Ask halfOfDay(int hour, int minute) {
        String pm = "%02d:%02d".formatted(hour % 12 + 12, minute);
        String am = "%02d:%02d".formatted(hour % 12, minute);
        return Ask.of("Is that " + am + " or " + pm + "?", "是 " + am + " 还是 " + pm + "？");
    }

    static Ask past(String when, String now) {
        return Ask.of(
                "That time (" + when + ") has passed: it is " + now + " now. When shall it be?",
                "这个时间（" + when + "）已经过了：现在是 " + now + "。请换一个时间。");
    }

    static Ask passedOrLater(String morning, String evening) {
        return Ask.of(
                morning + " has passed today. Do you mean today at " + evening + ", or tomorrow at " + morning + "?",
                "今天的 " + morning + " 已经过了。是指今天 " + evening + "，还是明天 " + morning + "？");
    }

    static Ask hourInPart(int hour) {
        return Ask.of(
                "The hour " + hour + " does not fit that part of the day. Please say it like 15:00.",
                hour + " 点与所说的时段不符。请写成 15:00 这样。");
    }

    static Ask hourMissing() {
        return Ask.of("At what time? For example “at 15:00”.", "几点？例如“15:00”。");
    }

    static Ask weekdayMissing() {
        return Ask.of("On which day of the week? For example “every Monday at 9:00”.", "每周的星期几？例如“每周一9点”。");
    }

    static Ask monthDayMissing() {
        return Ask.of("On which day of the month? For example “every month on the 15th”.", "每月的几号？例如“每月15号9点”。");
    }

    static Ask tooFar() {
        return Ask.of("That is more than ten years ahead. Which day do you mean?", "那是十年以后了。您指的是哪一天？");
    }

    static Ask interval() {
        return Ask.of("An interval is from 1 second to 366 days. How often shall it be?", "间隔须在 1 秒到 366 天之间。请换一个间隔。");
    }

    static Ask endBeforeStart(String until) {
        return Ask.of(
                "The end (" + until + ") is already past. Until when shall it go on?",
                "结束日期（" + until + "）已经过了。要持续到哪天？");
    }

    static Ask midnight(String first, String second) {
        return Ask.of(
                "Midnight at the start of that day (" + first + ") or at its end (" + second + ")?",
                "是当天零点（" + first + "），还是当天结束时的零点（" + second + "）？");
    }
}
