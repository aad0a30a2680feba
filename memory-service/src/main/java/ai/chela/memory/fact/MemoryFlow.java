package ai.chela.memory.fact;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.recall.Hit;
import ai.chela.memory.recall.Meanings;
import ai.chela.memory.recall.RecallFlow;
import ai.chela.memory.retention.Holds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does what a {@link MemoryRequested} asks for, inside one unit of work, and says what came of it. */
@ApplicationScoped
public class MemoryFlow {
    /** Memories that fit a question almost as well as the best one: then it is not clear which is meant. */
    private static final double CLOSE = 0.15;

    private static final int MOST_CHARACTERS = 16_384;
    private static final int MOST_LISTED = 50;
    private static final int MOST_FORGOTTEN = 200;

    private final Facts facts;
    private final RecallFlow recall;
    private final Meanings meanings;
    private final Holds holds;
    private final long quota;
    private final Counter stored;
    private final Counter forgotten;

    public MemoryFlow(
            Facts facts,
            RecallFlow recall,
            Meanings meanings,
            Holds holds,
            MemorySettings settings,
            MeterRegistry meters) {
        this.facts = facts;
        this.recall = recall;
        this.meanings = meanings;
        this.holds = holds;
        this.quota = settings.quota();
        this.stored = Counter.builder("chela.facts.stored")
                .description("memories stored, corrections included")
                .register(meters);
        this.forgotten = Counter.builder("chela.facts.forgotten")
                .description("memories forgotten for good")
                .register(meters);
    }

    /** The outcome; nothing was changed when it is a refusal. */
    public Uni<MemoryChanged> handle(UnitOfWork unit, Envelope envelope, MemoryRequested request) {
        Asker asker = new Asker(envelope.principal().person(), request.room());
        return switch (request) {
            case MemoryRequested.Remember remember -> remember(unit, envelope, asker, remember);
            case MemoryRequested.Correct correct -> correct(unit, envelope, asker, correct);
            case MemoryRequested.Forget forget -> forget(unit, asker, forget);
            case MemoryRequested.ForgetMatching matching -> forgetMatching(unit, asker, matching);
            case MemoryRequested.ListAll list -> list(unit, asker, list);
        };
    }

    private Uni<MemoryChanged> remember(
            UnitOfWork unit, Envelope envelope, Asker asker, MemoryRequested.Remember request) {
        String refusal = refusal(request.text());
        if (refusal != null) return refuse(unit, request, "memory.remembered", refusal);
        Scope scope = asker.tellsInto();
        return facts.lock(unit, scope)
                .chain(() -> facts.same(unit, scope, asker.person(), request.text()))
                .chain(known -> known != null
                        ? item(new MemoryChanged.Remembered(request.callId(), known.shown(0), true))
                        : store(unit, asker, request, told(envelope, asker, scope, request)));
    }

    private Uni<MemoryChanged> store(UnitOfWork unit, Asker asker, MemoryRequested.Remember request, Told told) {
        return facts.admit(unit, asker.person(), quota).chain(admitted -> {
            if (!admitted) return refuse(unit, request, "memory.remembered", "memory.quota");
            return facts.add(unit, told).map(fact -> {
                noteStored(unit, "memory.remembered", fact);
                return new MemoryChanged.Remembered(request.callId(), fact.shown(0), false);
            });
        });
    }

    private static Told told(Envelope envelope, Asker asker, Scope scope, MemoryRequested.Remember request) {
        return new Told(
                Ids.derive(envelope.id(), "fact"),
                scope,
                request.text(),
                asker.person(),
                request.saidBy(),
                place(envelope),
                at(envelope),
                null);
    }

    private Uni<MemoryChanged> correct(
            UnitOfWork unit, Envelope envelope, Asker asker, MemoryRequested.Correct request) {
        return locked(unit, asker, request.memoryId()).chain(old -> {
            if (old == null) return item(new MemoryChanged.NotFound(request.callId()));
            String text = Correction.apply(old.text(), request.value());
            if (Sentence.normalized(text).equals(Sentence.normalized(old.text())))
                return item(new MemoryChanged.Corrected(request.callId(), old.shown(0), old.shown(0)));
            String refusal = refusal(text);
            if (refusal != null) return refuse(unit, request, "memory.corrected", refusal);
            return supersede(unit, envelope, asker, request, old, text);
        });
    }

    private Uni<MemoryChanged> supersede(
            UnitOfWork unit, Envelope envelope, Asker asker, MemoryRequested.Correct request, Fact old, String text) {
        Told told = new Told(
                Ids.derive(envelope.id(), "fact"),
                old.scope(),
                text,
                asker.person(),
                request.saidBy(),
                place(envelope),
                at(envelope),
                old.text());
        return facts.admit(unit, asker.person(), quota).chain(admitted -> {
            if (!admitted) return refuse(unit, request, "memory.corrected", "memory.quota");
            return facts.supersede(unit, old, told).map(fact -> {
                noteStored(unit, "memory.corrected", fact);
                unit.afterCommit(() -> meanings.gone(unit.tenant(), old.scope(), List.of(old.id())));
                return new MemoryChanged.Corrected(request.callId(), old.shown(0), fact.shown(0));
            });
        });
    }

    private void noteStored(UnitOfWork unit, String action, Fact fact) {
        unit.audit(action, fact.id(), "ok", null);
        unit.afterCommit(stored::increment);
        unit.afterCommit(() -> meanings.stored(unit.tenant(), fact));
    }

    private Uni<MemoryChanged> forget(UnitOfWork unit, Asker asker, MemoryRequested.Forget request) {
        List<String> references = List.copyOf(new LinkedHashSet<>(request.memories()));
        if (references.size() > MOST_FORGOTTEN) return refuse(unit, request, "memory.forgotten", "memory.too-many");
        return found(unit, asker, references, 0, new LinkedHashMap<>())
                .chain(found -> forgetThese(unit, asker, request, found));
    }

    private Uni<List<Fact>> found(
            UnitOfWork unit, Asker asker, List<String> references, int at, Map<String, Fact> sofar) {
        if (at == references.size()) return Uni.createFrom().item(List.copyOf(sofar.values()));
        return locked(unit, asker, references.get(at)).chain(fact -> {
            if (fact != null) sofar.put(fact.root(), fact);
            return found(unit, asker, references, at + 1, sofar);
        });
    }

    private Uni<MemoryChanged> forgetMatching(UnitOfWork unit, Asker asker, MemoryRequested.ForgetMatching request) {
        return recall.clearlyMatching(unit, asker, request.query()).chain(hits -> {
            if (hits.isEmpty()) return item(new MemoryChanged.NotFound(request.callId()));
            List<Hit> close = hits.stream()
                    .filter(hit -> hit.score() > hits.getFirst().score() - CLOSE)
                    .toList();
            if (close.size() > 1) return item(new MemoryChanged.Ambiguous(request.callId(), shown(close)));
            return locked(unit, asker, close.getFirst().fact().id())
                    .chain(fact -> forgetThese(unit, asker, request, fact == null ? List.of() : List.of(fact)));
        });
    }

    /** Forgets all of these, or none when one of them is not the asker's to forget. */
    private Uni<MemoryChanged> forgetThese(UnitOfWork unit, Asker asker, MemoryRequested request, List<Fact> found) {
        if (found.isEmpty()) return item(new MemoryChanged.NotFound(request.callId()));
        return mayForget(unit, asker, found, 0).chain(may -> {
            if (!may) return refuse(unit, request, "memory.forgotten", "memory.not-yours");
            return holds.held(unit, found.stream().map(Fact::root).toList()).chain(held -> {
                if (held) return refuse(unit, request, "memory.forgotten", "memory.held");
                return erase(unit, found, 0)
                        .map(_ -> new MemoryChanged.Forgotten(request.callId(), ThatFit.all(plain(found))));
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

    private Uni<Void> erase(UnitOfWork unit, List<Fact> found, int at) {
        if (at == found.size()) return Uni.createFrom().voidItem();
        Fact fact = found.get(at);
        unit.audit("memory.forgotten", fact.root(), "ok", null);
        unit.afterCommit(forgotten::increment);
        unit.afterCommit(() -> meanings.gone(unit.tenant(), fact.scope(), List.of(fact.id())));
        return facts.erase(unit, fact.scope(), fact.root()).chain(() -> erase(unit, found, at + 1));
    }

    private Uni<MemoryChanged> list(UnitOfWork unit, Asker asker, MemoryRequested.ListAll request) {
        return facts.newest(unit, asker, MOST_LISTED)
                .map(listing -> new MemoryChanged.Listed(
                        request.callId(), ThatFit.first(plain(listing.facts())), listing.total()));
    }

    /** Read once to know the scope, and again once nobody else can change it. */
    private Uni<@Nullable Fact> locked(UnitOfWork unit, Asker asker, String reference) {
        return facts.current(unit, asker, reference).chain(fact -> {
            if (fact == null) return Uni.createFrom().nullItem();
            return facts.lock(unit, fact.scope()).chain(() -> facts.current(unit, asker, reference));
        });
    }

    private static @Nullable String refusal(String text) {
        if (!Sentence.readable(text)) return "memory.unreadable";
        if (text.length() > MOST_CHARACTERS) return "memory.too-long";
        return SecretGuard.refuses(text) ? "memory.secret" : null;
    }

    private static Uni<MemoryChanged> refuse(UnitOfWork unit, MemoryRequested request, String action, String code) {
        unit.audit(action, request.callId(), "denied", null);
        return item(new MemoryChanged.Refused(request.callId(), code));
    }

    private static Uni<MemoryChanged> item(MemoryChanged changed) {
        return Uni.createFrom().item(changed);
    }

    private static List<RecalledFact> shown(List<Hit> hits) {
        return ThatFit.first(
                hits.stream().map(hit -> hit.fact().shown(hit.score())).toList());
    }

    private static List<RecalledFact> plain(List<Fact> found) {
        List<RecalledFact> shown = new ArrayList<>();
        for (Fact fact : found) shown.add(fact.shown(0));
        return shown;
    }

    private static String place(Envelope envelope) {
        String conversation = envelope.conversation();
        return conversation == null ? "" : conversation;
    }

    /** To the microsecond, which is what the database keeps. */
    private static Instant at(Envelope envelope) {
        return envelope.time().truncatedTo(ChronoUnit.MICROS);
    }
}
