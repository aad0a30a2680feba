package ai.chela.agent.reply;

import ai.chela.contracts.memory.Habit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** At which times somebody does something, from how often it was counted. */
final class Hours {
    /** More would say nothing. */
    private static final int MOST = 3;

    private Hours() {}

    /** The hours of the day in which it was done most, in their order. */
    static List<Integer> of(Habit habit) {
        return most(habit.hours(), MOST);
    }

    /** The days of the week on which it was done most, 0 for Monday, in their order. */
    static List<Integer> days(Habit habit) {
        return most(habit.days(), MOST);
    }

    private static List<Integer> most(List<Long> counts, int limit) {
        return IntStream.range(0, counts.size())
                .boxed()
                .filter(place -> counts.get(place) > 0)
                .sorted(Comparator.comparing((Integer place) -> -counts.get(place)))
                .limit(limit)
                .sorted()
                .toList();
    }
}
