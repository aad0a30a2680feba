package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Ask;
import ai.chela.agent.planner.grammar.Utterance;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads times in one message; what was read at a position is kept, so asking again costs nothing. */
public final class WhenReader {
    private static final int MOST_PIECES = 5;

    /** A value ({@link When}, {@link LocalDate}, {@link LocalTime}, {@link java.time.Duration} or {@link Ask}). */
    public record Read(int end, Object value) {}

    private final Utterance said;
    private final Instant now;
    private final ZoneId zone;
    private final Calendar calendar;
    private final List<Dialect> dialects = List.of(new NumericDates(), new EnglishDates(), new ChineseDates());
    private final Map<Integer, List<Piece.Found>> pieces = new HashMap<>();
    private final Map<Integer, List<Read>> whens = new HashMap<>();

    public WhenReader(Utterance said, Instant now, ZoneId zone) {
        this.said = said;
        this.now = now;
        this.zone = zone;
        this.calendar = new Calendar(LocalDateTime.ofInstant(now, zone));
    }

    /** Every time or repetition that starts at {@code at}, the longest first. */
    public List<Read> when(int at) {
        List<Read> known = whens.get(at);
        if (known != null) return known;
        TreeMap<Integer, Object> byEnd = new TreeMap<>(Collections.reverseOrder());
        collect(at, List.of(), byEnd);
        List<Read> read = new ArrayList<>();
        byEnd.forEach((end, value) -> read.add(new Read(end, value)));
        whens.put(at, List.copyOf(read));
        return read;
    }

    private void collect(int at, List<Piece> before, TreeMap<Integer, Object> byEnd) {
        if (before.size() >= MOST_PIECES) return;
        int start = !before.isEmpty() && said.is(at, ",") ? at + 1 : at;
        for (Piece.Found found : pieces(start)) {
            List<Piece> all = new ArrayList<>(before);
            all.addAll(found.pieces());
            if (Pieces.of(all) == null) continue;
            Resolver.resolve(all, now, zone).ifPresent(value -> byEnd.merge(found.end(), value, WhenReader::better));
            collect(found.end(), all, byEnd);
        }
    }

    /** Two readings of the same words: one that is clear is kept before one that asks. */
    private static Object better(Object first, Object second) {
        return first instanceof Ask && !(second instanceof Ask) ? second : first;
    }

    private List<Piece.Found> pieces(int at) {
        return pieces.computeIfAbsent(at, position -> {
            List<Piece.Found> found = new ArrayList<>();
            for (Dialect dialect : dialects) found.addAll(dialect.pieces(said, position, calendar));
            return found;
        });
    }

    /** Every day that starts at {@code at}, past ones included, the longest first. */
    public List<Read> date(int at) {
        List<Read> read = new ArrayList<>();
        for (Piece.Found found : pieces(at)) {
            if (found.pieces().size() != 1) continue;
            switch (found.pieces().getFirst()) {
                case Piece.Day(LocalDate date, Piece.Named _) -> read.add(new Read(found.end(), date));
                case Piece.Unclear(Ask ask) -> read.add(new Read(found.end(), ask));
                case Piece.Distance _,
                        Piece.Clock _,
                        Piece.Part _,
                        Piece.Interval _,
                        Piece.Daily _,
                        Piece.Weekly _,
                        Piece.Monthly _,
                        Piece.Cron _,
                        Piece.Until _ -> {}
            }
        }
        read.sort((a, b) -> b.end() - a.end());
        return read;
    }

    /** Every time of day that starts at {@code at}, the longest first. */
    public List<Read> time(int at) {
        TreeMap<Integer, Object> byEnd = new TreeMap<>(Collections.reverseOrder());
        for (Piece.Found first : pieces(at)) {
            time(first, List.of(), byEnd);
            for (Piece.Found second : pieces(first.end())) time(second, first.pieces(), byEnd);
        }
        List<Read> read = new ArrayList<>();
        byEnd.forEach((end, value) -> read.add(new Read(end, value)));
        return read;
    }

    private void time(Piece.Found last, List<Piece> before, TreeMap<Integer, Object> byEnd) {
        List<Piece> all = new ArrayList<>(before);
        all.addAll(last.pieces());
        boolean clock = all.stream().anyMatch(Piece.Clock.class::isInstance);
        if (!clock || !all.stream().allMatch(p -> p instanceof Piece.Clock || p instanceof Piece.Part)) return;
        all.add(new Piece.Daily());
        Object value = Resolver.resolve(all, now, zone).orElse(null);
        if (value instanceof Ask ask) byEnd.putIfAbsent(last.end(), ask);
        else if (value instanceof When when)
            byEnd.putIfAbsent(
                    last.end(), LocalTime.parse(String.valueOf(when.timing().get("time"))));
    }

    /** Every fixed length of time ("10 seconds", 两个半小时, "an hour") that starts at {@code at}. */
    public List<Read> length(int at) {
        List<Read> read = new ArrayList<>();
        for (Lengths.Length length : List.of(Lengths.english(said, at), Lengths.chinese(said, at)))
            if (length.end() > 0 && length.days().toTotalMonths() == 0)
                read.add(new Read(
                        length.end(), length.clock().plusDays(length.days().getDays())));
        return read;
    }

    /** A number in digits or words that starts at {@code at}. */
    public List<Read> number(int at) {
        Numbers.Count count = Numbers.read(said, at);
        return count.end() < 0 ? List.of() : List.of(new Read(count.end(), count.value()));
    }
}
