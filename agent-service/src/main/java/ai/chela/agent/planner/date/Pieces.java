package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Ask;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pieces of one expression by kind; each kind at most once. */
record Pieces(
        Piece.@Nullable Distance distance,
        Piece.@Nullable Day day,
        Piece.@Nullable Clock clock,
        Piece.@Nullable Part part,
        @Nullable Piece repeat,
        @Nullable LocalDate until,
        @Nullable Ask unclear) {
    private static final Pieces NONE = new Pieces(null, null, null, null, null, null, null);

    /** Null when a kind is said twice. */
    static @Nullable Pieces of(List<Piece> said) {
        Pieces pieces = NONE;
        for (Piece piece : said) {
            Pieces next = pieces.with(piece);
            if (next == null) return null;
            pieces = next;
        }
        return pieces;
    }

    private @Nullable Pieces with(Piece piece) {
        return switch (piece) {
            case Piece.Distance d -> distance != null ? null : new Pieces(d, day, clock, part, repeat, until, unclear);
            case Piece.Day d ->
                day != null || unclear != null ? null : new Pieces(distance, d, clock, part, repeat, until, unclear);
            case Piece.Clock c -> clock != null ? null : new Pieces(distance, day, c, part, repeat, until, unclear);
            case Piece.Part p -> part != null ? null : new Pieces(distance, day, clock, p, repeat, until, unclear);
            case Piece.Unclear(Ask ask) ->
                day != null || unclear != null ? null : new Pieces(distance, day, clock, part, repeat, until, ask);
            case Piece.Until(Piece end) -> until(end);
            case Piece.Interval _, Piece.Daily _, Piece.Weekly _, Piece.Monthly _, Piece.Cron _ ->
                repeat != null ? null : new Pieces(distance, day, clock, part, piece, until, unclear);
        };
    }

    private @Nullable Pieces until(Piece end) {
        if (until != null) return null;
        return switch (end) {
            case Piece.Day(LocalDate date, Piece.Named _) ->
                new Pieces(distance, day, clock, part, repeat, date, unclear);
            case Piece.Unclear(Ask ask) -> new Pieces(distance, day, clock, part, repeat, LocalDate.MAX, ask);
            case Piece.Distance _,
                    Piece.Clock _,
                    Piece.Part _,
                    Piece.Interval _,
                    Piece.Daily _,
                    Piece.Weekly _,
                    Piece.Monthly _,
                    Piece.Cron _,
                    Piece.Until _ -> null;
        };
    }
}
