package ai.chela.memory.fact;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.learn.Lessons;
import ai.chela.memory.recall.Meanings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores what is to be remembered and what corrects it. Whatever comes from outside is checked here, learned or told. */
@ApplicationScoped
public class StoreFlow {
    private static final int MOST_CHARACTERS = 16_384;

    private final Facts facts;
    private final Meanings meanings;
    private final long quota;
    private final Counter stored;

    StoreFlow(Facts facts, Meanings meanings, MemorySettings settings, MeterRegistry meters) {
        this.facts = facts;
        this.meanings = meanings;
        this.quota = settings.quota();
        this.stored = Counter.builder("chela.facts.stored")
                .description("memories stored, corrections included")
                .register(meters);
    }

    Uni<MemoryChanged> remember(UnitOfWork unit, Envelope envelope, Asker asker, MemoryRequested.Remember request) {
        String refusal = refusal(request.text());
        if (refusal != null) return refuse(unit, request, "memory.remembered", refusal);
        Scope scope = asker.tellsInto();
        MemoryOrigin origin = origin(request.origin());
        Told told = new Told(
                Ids.derive(envelope.id(), "fact"),
                scope,
                request.text(),
                asker.person(),
                request.saidBy(),
                place(envelope),
                at(envelope),
                null,
                origin,
                Trust.of(origin),
                origin == MemoryOrigin.SAID && Lessons.isPreference(request.text()),
                List.of());
        return facts.lock(unit, scope)
                .chain(() -> facts.same(unit, scope, asker.person(), request.text()))
                .chain((@Nullable Fact known) -> known == null
                        ? add(unit, told).map((@Nullable Fact fact) -> remembered(unit, request, fact, false))
                        : known(unit, request, known, told));
    }

    /** What was learned, or came from elsewhere, and is now told by the person herself is her own word from then on. */
    private Uni<MemoryChanged> known(UnitOfWork unit, MemoryRequested.Remember request, Fact known, Told told) {
        if (known.standing().trust() >= told.trust()) return item(remembered(unit, request, known, true));
        return supersede(unit, known, told).map((@Nullable Fact fact) -> remembered(unit, request, fact, true));
    }

    private static MemoryChanged remembered(
            UnitOfWork unit, MemoryRequested request, @Nullable Fact fact, boolean known) {
        if (fact != null) return new MemoryChanged.Remembered(request.callId(), fact.shown(0), known);
        unit.audit("memory.remembered", request.callId(), "denied", null);
        return new MemoryChanged.Refused(request.callId(), "memory.quota");
    }

    /** Stores something new; null when the person's quota is used up. The scope must be locked. */
    public Uni<@Nullable Fact> add(UnitOfWork unit, Told told) {
        return facts.admit(unit, told.speaker(), quota).chain(admitted -> {
            if (!admitted) return Uni.createFrom().nullItem();
            return facts.add(unit, told).invoke(fact -> noteStored(unit, "memory.remembered", fact));
        });
    }

    /** Stores a new version; null when the person's quota is used up. The scope must be locked. */
    public Uni<@Nullable Fact> supersede(UnitOfWork unit, Fact old, Told told) {
        return facts.admit(unit, told.speaker(), quota).chain(admitted -> {
            if (!admitted) return Uni.createFrom().nullItem();
            return facts.supersede(unit, old, told).invoke(fact -> {
                noteStored(unit, "memory.corrected", fact);
                unit.afterCommit(() -> meanings.gone(unit.tenant(), old.scope(), List.of(old.id())));
            });
        });
    }

    Uni<MemoryChanged> correct(UnitOfWork unit, Envelope envelope, Asker asker, MemoryRequested.Correct request) {
        return facts.locked(unit, asker, request.memoryId()).chain((@Nullable Fact old) -> {
            if (old == null) return item(new MemoryChanged.NotFound(request.callId()));
            String text = Correction.apply(old.text(), request.value());
            if (Sentence.normalized(text).equals(Sentence.normalized(old.text())))
                return item(new MemoryChanged.Corrected(request.callId(), old.shown(0), old.shown(0)));
            String refusal = refusal(text);
            if (refusal != null) return refuse(unit, request, "memory.corrected", refusal);
            return supersede(unit, old, corrected(envelope, asker, request, old, text))
                    .chain((@Nullable Fact fact) -> fact == null
                            ? refuse(unit, request, "memory.corrected", "memory.quota")
                            : item(new MemoryChanged.Corrected(request.callId(), old.shown(0), fact.shown(0))));
        });
    }

    private static Told corrected(
            Envelope envelope, Asker asker, MemoryRequested.Correct request, Fact old, String text) {
        MemoryOrigin origin = ofCorrection(old, request, text);
        return new Told(
                Ids.derive(envelope.id(), "fact"),
                old.scope(),
                text,
                asker.person(),
                request.saidBy(),
                place(envelope),
                at(envelope),
                old.text(),
                origin,
                Trust.of(origin),
                old.standing().preference(),
                old.standing().tags());
    }

    /** The least trusted of what the new sentence is made of: a value alone leaves the old words around it. */
    private static MemoryOrigin ofCorrection(Fact old, MemoryRequested.Correct request, String text) {
        MemoryOrigin value = origin(request.origin());
        boolean wholeSentence = text.startsWith(request.value().strip());
        boolean ownWords = switch (old.standing().origin()) {
            case SAID, LEARNED, PICKED -> true;
            case MODEL, TOOL -> false;
        };
        if (wholeSentence || ownWords) return value;
        return Trust.of(value) < old.standing().trust() ? value : old.standing().origin();
    }

    private void noteStored(UnitOfWork unit, String action, Fact fact) {
        unit.audit(action, fact.id(), "ok", null);
        unit.afterCommit(stored::increment);
        unit.afterCommit(() -> meanings.stored(unit.tenant(), fact));
    }

    /** Why a text is not stored; null when it may be. */
    public static @Nullable String refusal(String text) {
        if (!Sentence.readable(text)) return "memory.unreadable";
        if (text.length() > MOST_CHARACTERS) return "memory.too-long";
        return SecretGuard.refuses(text) ? "memory.secret" : null;
    }

    private static MemoryOrigin origin(@Nullable MemoryOrigin stated) {
        return stated == null ? MemoryOrigin.SAID : stated;
    }

    private static Uni<MemoryChanged> refuse(UnitOfWork unit, MemoryRequested request, String action, String code) {
        unit.audit(action, request.callId(), "denied", null);
        return item(new MemoryChanged.Refused(request.callId(), code));
    }

    private static Uni<MemoryChanged> item(MemoryChanged changed) {
        return Uni.createFrom().item(changed);
    }

    /** Where it was said; empty where there was no conversation. */
    public static String place(Envelope envelope) {
        String conversation = envelope.conversation();
        return conversation == null ? "" : conversation;
    }

    /** To the microsecond, which is what the database keeps. */
    public static Instant at(Envelope envelope) {
        return envelope.time().truncatedTo(ChronoUnit.MICROS);
    }
}
