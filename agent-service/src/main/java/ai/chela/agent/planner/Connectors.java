package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where one request can end and the next begin: marks and words such as "and then", 然后. */
record Connectors(List<Between> all) {
    /** Positions of a connector: the one before ends at {@code from}, the next starts at {@code to}. */
    record Between(int from, int to) {}

    /** With more of them a message is not taken apart. */
    private static final int MOST = 24;

    private static final Set<String> MARKS = Set.of(",", ";", ".", "!", "?", "、");
    private static final Set<String> WORDS = Set.of("and", "then", "also", "&", "但", "和", "再", "并", "且");
    private static final List<String> HAN = List.of("然后", "并且", "同时", "还有", "接着", "以及", "顺便", "另外", "之后再");

    static Connectors of(Utterance said) {
        List<Between> all = new ArrayList<>();
        int at = 0;
        while (at < said.size()) {
            int end = after(said, at);
            if (end > at && at > 0 && end < said.size()) all.add(new Between(at, end));
            at = Math.max(end, at + 1);
        }
        return new Connectors(List.copyOf(all));
    }

    /** The connectors at which the message is taken apart. */
    List<Between> splits() {
        return all.size() > MOST ? List.of() : all;
    }

    private static int after(Utterance said, int from) {
        int at = from;
        while (at < said.size() && !said.at(at).quoted()) {
            int next = one(said, at);
            if (next == at) break;
            at = next;
        }
        return at;
    }

    private static int one(Utterance said, int at) {
        Token token = said.at(at);
        if (MARKS.contains(token.text())) return stops(said, at) ? at + 1 : at;
        if (WORDS.contains(token.text())) return at + 1;
        for (String word : HAN) {
            int end = said.afterHan(at, word);
            if (end > 0) return end;
        }
        return at;
    }

    /** The dot of 3.5 and the comma of 1,000 separate nothing. */
    private static boolean stops(Utterance said, int at) {
        if (!said.glued(at + 1) || !said.glued(at)) return true;
        Token next = said.at(at + 1);
        boolean wide = said.source().charAt(said.at(at).start()) > 0x2000;
        return wide || next.kind() == Token.Kind.HAN || said.is(at, ",") && next.kind() != Token.Kind.NUMBER;
    }
}
