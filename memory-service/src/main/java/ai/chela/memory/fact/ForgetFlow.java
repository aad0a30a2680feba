package ai.chela.memory.fact;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.habit.Habits;
import ai.chela.memory.recall.Hit;
import ai.chela.memory.recall.Meanings;
import ai.chela.memory.recall.RecallFlow;
import ai.chela.memory.retention.Holds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forgets for good: one, several, or all that a person told in private. */
@ApplicationScoped
public class ForgetFlow {
    /** Memories that fit a question almost as well as the best one: then it is not clear which is meant. */
    private static final double CLOSE = 0.15;

    private static final int MOST_FORGOTTEN = 200;

    private final Facts facts;
    private final Habits habits;
    private final Holds holds;
    private final RecallFlow recall;
    private final Meanings meanings;
    private final Counter forgotten;

    ForgetFlow(Facts facts, Habits habits, Holds holds, RecallFlow recall, Meanings meanings, MeterRegistry meters) {
        this.facts = facts;
        this.habits = habits;
        this.holds = holds;
        this.recall = recall;
        this.meanings = meanings;
        this.forgotten = Counter.builder("chela.facts.forgotten")
                .description("memories forgotten for good")
                .register(meters);
    }

    Uni<MemoryChanged> these(UnitOfWork unit, Asker asker, MemoryRequested.Forget request) {
        List<String> references = List.copyOf(new LinkedHashSet<>(request.memories()));
        if (references.size() > MOST_FORGOTTEN) return refuse(unit, request, "memory.too-many");
        return found(unit, asker, references, 0, new LinkedHashMap<>())
                .chain(found -> forgetThese(unit, asker, request, found));
    }

    private Uni<List<Fact>> found(
            UnitOfWork unit, Asker asker, List<String> references, int at, Map<String, Fact> sofar) {
        if (at == references.size()) return Uni.createFrom().item(List.copyOf(sofar.values()));
        return facts.locked(unit, asker, references.get(at)).chain((@Nullable Fact fact) -> {
            if (fact != null) sofar.put(fact.root(), fact);
            return found(unit, asker, references, at + 1, sofar);
        });
    }

    Uni<MemoryChanged> matching(UnitOfWork unit, Asker asker, MemoryRequested.ForgetMatching request) {
        return recall.clearlyMatching(unit, asker, request.query()).chain(hits -> {
            if (hits.isEmpty()) return item(new MemoryChanged.NotFound(request.callId()));
            List<Hit> close = hits.stream()
                    .filter(hit -> hit.score() > hits.getFirst().score() - CLOSE)
                    .toList();
            if (close.size() > 1) return item(new MemoryChanged.Ambiguous(request.callId(), shown(close)));
            return facts.locked(unit, asker, close.getFirst().fact().id())
                    .chain((@Nullable Fact fact) ->
                            forgetThese(unit, asker, request, fact == null ? List.of() : List.of(fact)));
        });
    }

    /** Forgets all of these, or none when one of them is not the asker's to forget. */
    private Uni<MemoryChanged> forgetThese(UnitOfWork unit, Asker asker, MemoryRequested request, List<Fact> found) {
        if (found.isEmpty()) return item(new MemoryChanged.NotFound(request.callId()));
        return mayForget(unit, asker, found, 0).chain(may -> {
            if (!may) return refuse(unit, request, "memory.not-yours");
            return holds.held(unit, found.stream().map(Fact::root).toList()).chain(held -> {
                if (held) return refuse(unit, request, "memory.held");
                List<RecalledFact> told =
                        found.stream().map(fact -> fact.shown(0)).toList();
                return erase(unit, found, 0).map(_ -> new MemoryChanged.Forgotten(request.callId(), ThatFit.all(told)));
            });
        });
    }

    /** What was told in a room is forgotten for everybody, so only by one who said it or corrected it. */
    private Uni<Boolean> mayForget(UnitOfWork unit, Asker asker, List<Fact> found, int at) {
        if (at == found.size()) return Uni.createFrom().item(true);
        return facts.speakers(unit, found.get(at))
                .chain(speakers -> speakers.contains(asker.person())
                        ? mayForget(unit, asker, found, at + 1)
                        : Uni.createFrom().item(false));
    }

    /** Erases memories whose scopes are locked, each with an audit entry. */
    public Uni<Void> erase(UnitOfWork unit, List<Fact> found) {
        return erase(unit, found, 0);
    }

    private Uni<Void> erase(UnitOfWork unit, List<Fact> found, int at) {
        if (at == found.size()) return Uni.createFrom().voidItem();
        Fact fact = found.get(at);
        unit.audit("memory.forgotten", fact.root(), "ok", null);
        unit.afterCommit(forgotten::increment);
        return facts.erase(unit, fact.scope(), fact.root())
                .invoke(ids -> unit.afterCommit(() -> meanings.gone(unit.tenant(), fact.scope(), ids)))
                .chain(() -> erase(unit, found, at + 1));
    }

    /** Asks first, with the number that has to be repeated: another number of memories is another question. */
    Uni<MemoryChanged> all(UnitOfWork unit, Asker asker, MemoryRequested.ForgetAll request) {
        if (!(asker.tellsInto() instanceof Scope.Person own)) return refuse(unit, request, "memory.private");
        return facts.lock(unit, own)
                .chain(() -> facts.count(unit, own))
                .chain(total -> total.equals(request.confirmed())
                        ? unlessHeld(unit, asker, request, own, total)
                        : item(new MemoryChanged.Confirm(request.callId(), total)));
    }

    /** A hold on a person or on the tenant covers everything in the person's scope, so one memory tells for all. */
    private Uni<MemoryChanged> unlessHeld(
            UnitOfWork unit, Asker asker, MemoryRequested request, Scope.Person own, long total) {
        return facts.oneRoot(unit, own)
                .chain(root -> holds.held(unit, root))
                .chain(held ->
                        held ? refuse(unit, request, "memory.held") : forgetAll(unit, asker, request, own, total));
    }

    private Uni<MemoryChanged> forgetAll(UnitOfWork unit, Asker asker, MemoryRequested request, Scope own, long total) {
        unit.audit("memory.forgotten-all", asker.person(), "ok", null);
        return facts.eraseAll(unit, own)
                .invoke(ids -> {
                    unit.afterCommit(() -> forgotten.increment(total));
                    unit.afterCommit(() -> meanings.gone(unit.tenant(), own, ids));
                })
                .chain(() -> habits.forget(unit, asker.person()))
                .map(_ -> new MemoryChanged.ForgottenAll(request.callId(), total));
    }

    private static Uni<MemoryChanged> refuse(UnitOfWork unit, MemoryRequested request, String code) {
        unit.audit("memory.forgotten", request.callId(), "denied", null);
        return item(new MemoryChanged.Refused(request.callId(), code));
    }

    private static Uni<MemoryChanged> item(MemoryChanged changed) {
        return Uni.createFrom().item(changed);
    }

    private static List<RecalledFact> shown(List<Hit> hits) {
        return ThatFit.first(
                hits.stream().map(hit -> hit.fact().shown(hit.score())).toList());
    }
}
