package ai.chela.memory.review;

import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Gist;
import ai.chela.memory.fact.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about memories that say the same, or give different values to the same thing. Nothing that a person
 * said is ever thrown away: what loses becomes an earlier version of what holds.
 */
public sealed interface Verdict {
    /** Nothing is to be done. */
    record Leave() implements Verdict {}

    /** They say the same: {@code others} become earlier versions of {@code kept}. */
    record Merge(Fact kept, List<Fact> others) implements Verdict {}

    /** The newest is at least as trusted as the others: it holds. */
    record Close(Fact kept, List<Fact> others) implements Verdict {}

    /** A person has to say which of these holds. */
    record Dispute(List<Fact> facts) implements Verdict {}

    /** Most trusted first, then the one that was told first. */
    Comparator<Fact> TRUSTED_THEN_FIRST = Comparator.<Fact>comparingDouble(
                    fact -> -fact.standing().trust())
            .thenComparing(Fact::saidAt)
            .thenComparing(Fact::handle);

    /**
     * Of current memories of one scope that say the same. What is pinned stays as it is: it is kept, or left alone beside
     * the one that is kept.
     */
    static Verdict ofSame(List<Fact> same) {
        if (same.size() < 2) return new Leave();
        List<Fact> ranked = new ArrayList<>(same);
        ranked.sort(Comparator.<Fact, Boolean>comparing(fact -> !fact.standing().pinned())
                .thenComparing(TRUSTED_THEN_FIRST));
        Fact kept = ranked.getFirst();
        List<Fact> others = ranked.stream()
                .skip(1)
                .filter(fact -> !fact.standing().pinned())
                .toList();
        return others.isEmpty() ? new Leave() : new Merge(kept, others);
    }

    /** Of current memories of one scope that give a value of the same kind to the same thing. */
    static Verdict ofContrary(List<Fact> about) {
        long different =
                about.stream().map(fact -> Gist.of(fact.text())).distinct().count();
        if (different < 2 || about.stream().allMatch(fact -> fact.standing().pinned())) return new Leave();
        Fact newest = about.stream()
                .max(Comparator.comparing(Fact::saidAt).thenComparing(Fact::handle))
                .orElseThrow();
        List<Fact> others = about.stream()
                .filter(fact -> !fact.root().equals(newest.root()))
                .toList();
        return single(newest) && others.stream().allMatch(other -> yields(other, newest))
                ? new Close(newest, others)
                : new Dispute(about);
    }

    /** By trust, then by time: a person may take back what she said herself, and nobody else what she said. */
    private static boolean yields(Fact older, Fact newest) {
        if (older.standing().pinned()) return false;
        double trust = older.standing().trust();
        double now = newest.standing().trust();
        return trust < now || trust == now && older.speaker().equals(newest.speaker());
    }

    private static boolean single(Fact fact) {
        @Nullable Statement statement = Statement.of(fact.text(), fact.speaker());
        return statement != null && statement.kind().single();
    }
}
