package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Ask;
import ai.chela.agent.planner.grammar.Saying;
import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.ArrayList;
import java.util.List;

/** What both languages write alike: 2026-12-24, 24.12., 3/4, 15:00, a cron expression. */
final class NumericDates implements Dialect {
    @Override
    public List<Piece.Found> pieces(Utterance said, int at, Calendar calendar) {
        List<Piece.Found> found = new ArrayList<>();
        if (at >= said.size()) return found;
        if (said.is(at, "cron")) cron(said, at + 1, true, found);
        if (said.is(at, "every") || said.is(at, "每")) cron(said, at + 1, false, found);
        if (said.at(at).kind() != Token.Kind.NUMBER) return found;
        iso(said, at, calendar, found);
        dotted(said, at, calendar, found);
        slashed(said, at, calendar, found);
        colon(said, at, found);
        return found;
    }

    private static void iso(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        if (!joined(said, at, "-", 2) || said.at(at).text().length() != 4) return;
        found.add(Piece.Found.of(at + 5, calendar.date(number(said, at), number(said, at + 2), number(said, at + 4))));
    }

    /** 24.12. and 24.12.2026 are written by those who put the day first. */
    private static void dotted(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        if (joined(said, at, ".", 2) && said.at(at + 4).text().length() == 4)
            found.add(Piece.Found.of(
                    at + 5, calendar.date(number(said, at + 4), number(said, at + 2), number(said, at))));
        else if (joined(said, at, ".", 1) && said.is(at + 3, ".") && said.glued(at + 3))
            found.add(Piece.Found.of(at + 4, calendar.date(number(said, at + 2), number(said, at))));
    }

    private static void slashed(Utterance said, int at, Calendar calendar, List<Piece.Found> found) {
        if (joined(said, at, "/", 2)) {
            if (said.at(at).text().length() == 4)
                found.add(Piece.Found.of(
                        at + 5, calendar.date(number(said, at), number(said, at + 2), number(said, at + 4))));
            else if (said.at(at + 4).text().length() == 4)
                found.add(Piece.Found.of(
                        at + 5, calendar.slashed(number(said, at), number(said, at + 2), number(said, at + 4))));
        } else if (joined(said, at, "/", 1))
            found.add(Piece.Found.of(at + 3, calendar.slashed(number(said, at), number(said, at + 2), -1)));
    }

    private static void colon(Utterance said, int at, List<Piece.Found> found) {
        if (!joined(said, at, ":", 1) || said.at(at + 2).text().length() != 2) return;
        int hour = number(said, at);
        int minute = number(said, at + 2);
        boolean padded = said.at(at).text().length() == 2;
        if (hour < 24 && minute < 60)
            found.add(Piece.Found.of(at + 3, new Piece.Clock(hour, minute, !padded && hour > 0)));
    }

    /**
     * Fields of digits and {@code * , - /}, in quotes or not. After the word cron any line is one, if it is wrong to be
     * asked about; after "every" it is one when it has five fields, one of them a star.
     */
    private static void cron(Utterance said, int from, boolean named, List<Piece.Found> found) {
        int at = from;
        boolean quoted = said.is(at, "\"") || said.is(at, "`");
        if (quoted) at++;
        StringBuilder fields = new StringBuilder();
        int count = 0;
        while (at < said.size() && isField(said.at(at)) && fields.length() <= 200) {
            if (!said.glued(at) || fields.isEmpty()) {
                count++;
                if (!fields.isEmpty()) fields.append(' ');
            }
            fields.append(said.at(at++).text());
        }
        String line = fields.toString();
        if (count < 2 || line.length() > 200 || !named && (count != 5 || !line.contains("*"))) return;
        if (quoted && !said.is(at++, "\"") && !said.is(at - 1, "`")) return;
        Saying problem = CronLine.problem(line);
        found.add(Piece.Found.of(at, problem == null ? new Piece.Cron(line) : new Piece.Unclear(new Ask(problem))));
    }

    private static boolean isField(Token token) {
        return token.kind() == Token.Kind.NUMBER || token.text().length() == 1 && "*,-/".contains(token.text());
    }

    /** Whether {@code count} times a mark and a number of at most four digits follow without space. */
    private static boolean joined(Utterance said, int at, String mark, int count) {
        if (at >= said.size() || said.at(at).text().length() > 4) return false;
        for (int i = 0; i < count; i++) {
            int number = at + 2 + 2 * i;
            if (!said.is(number - 1, mark) || !said.glued(number - 1) || !said.glued(number)) return false;
            if (said.at(number).kind() != Token.Kind.NUMBER
                    || said.at(number).text().length() > 4) return false;
        }
        return true;
    }

    private static int number(Utterance said, int at) {
        return Integer.parseInt(said.at(at).text());
    }
}
