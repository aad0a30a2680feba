package ai.chela.agent.planner.date;

import ai.chela.agent.planner.grammar.Utterance;
import java.util.List;

/** How one language says the pieces of a time expression. */
interface Dialect {
    /** Every piece that starts at {@code at}; the longer ones of a kind first. */
    List<Piece.Found> pieces(Utterance said, int at, Calendar calendar);
}
