package ai.chela.memory.fact;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryChanged.Marked.Mark;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes how memories are kept: pins, expiry, tags, and which of two holds. */
@ApplicationScoped
public class CareFlow {
    private static final int MOST_TAGS = 20;

    private final Facts facts;
    private final Keeping keeping;

    CareFlow(Facts facts, Keeping keeping) {
        this.facts = facts;
        this.keeping = keeping;
    }

    Uni<MemoryChanged> pin(UnitOfWork unit, Asker asker, MemoryRequested.Pin request) {
        return found(
                unit,
                asker,
                request,
                request.memory(),
                fact -> keeping.pin(unit, fact, request.pinned())
                        .chain(() ->
                                marked(unit, asker, request, fact, request.pinned() ? Mark.PINNED : Mark.UNPINNED)));
    }

    /** To let a memory expire is to forget it, so only those may who may forget it. */
    Uni<MemoryChanged> expire(UnitOfWork unit, Asker asker, MemoryRequested.Expire request, Instant now) {
        Instant at = request.at();
        if (at != null && !at.isAfter(now)) return refused(unit, request, "memory.past");
        return found(
                unit,
                asker,
                request,
                request.memory(),
                fact -> facts.speakers(unit, fact).chain(speakers -> {
                    if (!speakers.contains(asker.person())) return refused(unit, request, "memory.not-yours");
                    return keeping.expire(unit, fact, at)
                            .chain(() -> marked(unit, asker, request, fact, at == null ? Mark.LASTS : Mark.EXPIRES));
                }));
    }

    Uni<MemoryChanged> tag(UnitOfWork unit, Asker asker, MemoryRequested.Tag request) {
        String tag = tag(request.tag());
        if (tag.isEmpty() || !Sentence.readable(tag)) return refused(unit, request, "memory.unreadable");
        if (SecretGuard.refuses(tag)) return refused(unit, request, "memory.secret");
        return found(unit, asker, request, request.memory(), fact -> {
            List<String> tags = new ArrayList<>(fact.standing().tags());
            tags.remove(tag);
            if (request.on()) tags.add(tag);
            if (tags.size() > MOST_TAGS) return refused(unit, request, "memory.tags");
            return keeping.tag(unit, fact, tags)
                    .chain(() -> marked(unit, asker, request, fact, request.on() ? Mark.TAGGED : Mark.UNTAGGED));
        });
    }

    /** Width, case and the sign before it make no difference. */
    static String tag(String written) {
        String plain =
                Normalizer.normalize(written, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return plain.startsWith("#") ? plain.substring(1) : plain;
    }

    /** A person has said which holds: the others become earlier versions of it. */
    Uni<MemoryChanged> settle(UnitOfWork unit, Asker asker, MemoryRequested.Settle request, Instant now) {
        return found(
                unit,
                asker,
                request,
                request.memory(),
                fact -> facts.rivals(unit, fact)
                        .chain(rivals -> absorb(unit, fact, rivals, now, 0))
                        .chain(() -> keeping.dispute(unit, fact, false))
                        .chain(() -> marked(unit, asker, request, fact, Mark.SETTLED)));
    }

    private Uni<Void> absorb(UnitOfWork unit, Fact kept, List<Fact> others, Instant now, int at) {
        if (at == others.size()) return Uni.createFrom().voidItem();
        unit.audit("memory.merged", others.get(at).root(), "ok", null);
        return keeping.absorb(unit, kept, others.get(at), now).chain(() -> absorb(unit, kept, others, now, at + 1));
    }

    private Uni<MemoryChanged> found(
            UnitOfWork unit,
            Asker asker,
            MemoryRequested request,
            String reference,
            Function<Fact, Uni<MemoryChanged>> then) {
        return facts.locked(unit, asker, reference)
                .chain((@Nullable Fact fact) -> fact == null
                        ? Uni.createFrom().item(new MemoryChanged.NotFound(request.callId()))
                        : then.apply(fact));
    }

    private Uni<MemoryChanged> marked(UnitOfWork unit, Asker asker, MemoryRequested request, Fact fact, Mark mark) {
        unit.audit("memory.marked", fact.root(), "ok", null);
        return facts.current(unit, asker, fact.id())
                .map((@Nullable Fact now) ->
                        new MemoryChanged.Marked(request.callId(), (now == null ? fact : now).shown(0), mark));
    }

    private static Uni<MemoryChanged> refused(UnitOfWork unit, MemoryRequested request, String code) {
        unit.audit("memory.marked", request.callId(), "denied", null);
        return Uni.createFrom().item(new MemoryChanged.Refused(request.callId(), code));
    }
}
