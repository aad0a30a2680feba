package ai.chela.system.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a run is to do.
 *
 * @param kills faults that are to strike
 * @param seed of what is said and of what is killed
 * @param limit after which no more faults are begun
 * @param talks conversations
 * @param points only halts at named crash points, one after the other, instead of faults of all kinds at random
 * @param outages each thing that can be away is away once, and each service is restarted in order, instead of kills
 * @param keep leaves the stack up when the run is red
 * @param without what is taken out of the system: the run must be red then
 * @param with what stays in it, while the faults are those that show its absence: the run must be green, which proves that
 *     the red one beside it was red for this
 */
record Options(
        int kills,
        long seed,
        Duration limit,
        int talks,
        boolean points,
        boolean outages,
        boolean keep,
        Set<Protection> without,
        Set<Protection> with) {
    Options {
        without = Set.copyOf(without);
        with = Set.copyOf(with);
    }

    /** Whose absence the faults are chosen to show. */
    Set<Protection> aimedAt() {
        Set<Protection> all = EnumSet.noneOf(Protection.class);
        all.addAll(without);
        all.addAll(with);
        return all;
    }

    /** What is wrong with a command line; the message is for people. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    private static final String USAGE =
            "usage: chela test --faults [--kills 1..10000] [--seed S] [--minutes 1..1440] [--talks 1..500] [--points]"
                    + " [--outages] [--keep] [--without | --with inbox|relay|fencing|journal]";

    /** Reads a command line; the seed is chosen when it names none. */
    static Options of(List<String> arguments) throws Wrong {
        Deque<String> left = new ArrayDeque<>(arguments);
        long kills = 30;
        long seed = System.nanoTime() % 1_000_000;
        long minutes = 0;
        long talks = 100;
        boolean points = false;
        boolean outages = false;
        boolean keep = false;
        Set<Protection> without = EnumSet.noneOf(Protection.class);
        Set<Protection> with = EnumSet.noneOf(Protection.class);
        while (!left.isEmpty()) {
            String name = left.pop();
            switch (name) {
                case "--kills" -> kills = number(name, left, 1, 10_000);
                case "--seed" -> seed = number(name, left, 0, Long.MAX_VALUE);
                case "--minutes" -> minutes = number(name, left, 1, 1_440);
                case "--talks" -> talks = number(name, left, 1, 500);
                case "--points" -> points = true;
                case "--outages" -> outages = true;
                case "--keep" -> keep = true;
                case "--without" -> without.add(protection(name, left));
                case "--with" -> with.add(protection(name, left));
                default -> throw new Wrong(name + " is not known\n" + USAGE);
            }
        }
        // a process takes seconds to come back, and only few are dead at once
        Duration limit = minutes > 0 ? Duration.ofMinutes(minutes) : Duration.ofSeconds(120 + kills * 15);
        return new Options((int) kills, seed, limit, (int) talks, points, outages, keep, without, with);
    }

    private static Protection protection(String name, Deque<String> left) throws Wrong {
        String text = left.isEmpty() ? "" : left.pop();
        for (Protection protection : Protection.values())
            if (protection.name().toLowerCase(Locale.ROOT).equals(text)) return protection;
        throw new Wrong(name + " must be inbox, relay, fencing or journal\n" + USAGE);
    }

    private static long number(String name, Deque<String> left, long from, long to) throws Wrong {
        String text = left.isEmpty() ? "" : left.pop();
        if (text.matches("\\d{1,18}")) {
            long number = Long.parseLong(text);
            if (number >= from && number <= to) return number;
        }
        throw new Wrong(name + " must be a whole number from " + from + " to " + to + "\n" + USAGE);
    }
}
