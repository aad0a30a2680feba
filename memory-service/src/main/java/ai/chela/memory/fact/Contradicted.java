package ai.chela.memory.fact;

import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.recall.Hit;
import ai.chela.memory.recall.RecallFlow.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks an answer over before it is given: what has expired is left out, what is used comes before what has faded, and where the best memory is in dispute, those that
 * say otherwise come right behind it, so that the person can say which holds.
 */
@ApplicationScoped
public class Contradicted {
    private final Facts facts;
    private final Transactions transactions;
    private final double threshold;
    private final double nightly;

    Contradicted(Facts facts, Transactions transactions, MemorySettings settings) {
        this.facts = facts;
        this.transactions = transactions;
        this.threshold = settings.threshold();
        this.nightly = settings.decay();
    }

    /** The same answer, fit to be given. */
    public Uni<Answer> checked(Origin origin, Answer answer, Instant now) {
        List<Hit> lasting = StrongerFirst.among(
                answer.hits().stream()
                        .filter(hit -> !hit.fact().standing().expired(now))
                        .toList(),
                threshold,
                nightly,
                now);
        boolean certain =
                answer.certain() && !lasting.isEmpty() && lasting.getFirst().score() >= threshold;
        Answer checked = new Answer(lasting, certain, answer.took());
        if (!certain || !lasting.getFirst().fact().standing().disputed())
            return Uni.createFrom().item(checked);
        Fact best = lasting.getFirst().fact();
        return transactions
                .run("recall.disputed", origin, unit -> facts.rivals(unit, best))
                .map(rivals -> withRivals(checked, rivals));
    }

    private static Answer withRivals(Answer answer, List<Fact> rivals) {
        Hit best = answer.hits().getFirst();
        String said = Gist.of(best.fact().text());
        List<Hit> hits = new ArrayList<>();
        for (Fact rival : rivals)
            if (!Gist.of(rival.text()).equals(said))
                hits.add(new Hit(rival.with(rival.standing().disputed(true)), best.score()));
        hits.addFirst(new Hit(best.fact().with(best.fact().standing().disputed(!hits.isEmpty())), best.score()));
        List<String> first = hits.stream().map(hit -> hit.fact().id()).toList();
        answer.hits().stream().filter(hit -> !first.contains(hit.fact().id())).forEach(hits::add);
        return new Answer(hits, true, answer.took());
    }
}
