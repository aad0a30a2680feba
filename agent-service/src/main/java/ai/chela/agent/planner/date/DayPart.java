package ai.chela.agent.planner.date;

/** A part of the day: which hours of a twelve-hour clock belong to it, and the hour it means when none is said. */
enum DayPart {
    EARLY(-1),
    MORNING(9),
    NOON(12),
    AFTERNOON(15),
    EVENING(19),
    NIGHT(20);

    /** Hour of the day that the part alone stands for; -1: it needs an hour. */
    final int hour;

    DayPart(int hour) {
        this.hour = hour;
    }

    /** The hour of the day (24: midnight at the end of that day) that {@code said} means here; -1: none. */
    int hour(int said) {
        return switch (this) {
            case EARLY -> said == 12 ? 0 : said <= 6 ? said : -1;
            case MORNING -> said >= 4 && said <= 11 ? said : -1;
            case NOON -> said == 1 || said == 2 ? said + 12 : said >= 11 && said <= 14 ? said : -1;
            case AFTERNOON -> said >= 1 && said <= 7 ? said + 12 : said >= 12 && said <= 18 ? said : -1;
            case EVENING, NIGHT -> said == 12 ? 24 : said >= 5 && said <= 11 ? said + 12 : said >= 17 ? said : -1;
        };
    }
}
