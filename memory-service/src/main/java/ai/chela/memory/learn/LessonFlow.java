package ai.chela.memory.learn;

import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.fact.Statement;
import ai.chela.memory.fact.StoreFlow;
import ai.chela.memory.fact.Told;
import ai.chela.memory.fact.Trust;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps lessons as memories of the person whose words they are, unless she does not want to be learned from. */
@ApplicationScoped
class LessonFlow {
    private final Facts facts;
    private final StoreFlow store;
    private final Learners learners;

    LessonFlow(Facts facts, StoreFlow store, Learners learners) {
        this.facts = facts;
        this.store = store;
        this.learners = learners;
    }

    /**
     * Where a lesson comes from.
     *
     * @param cause id of what taught it, from which the ids of the memories follow
     * @param name of the person when she said it
     * @param at when she said it, to the microsecond
     * @param origin LEARNED by a pattern, or PICKED by a model
     */
    record Source(String cause, String person, String name, String conversation, Instant at, MemoryOrigin origin) {}

    /** Keeps what is new of these, one after another. */
    Uni<Void> keep(UnitOfWork unit, Source source, List<Lesson> lessons) {
        if (lessons.isEmpty() || source.person().equals("-"))
            return Uni.createFrom().voidItem();
        return learners.learning(unit, source.person())
                .chain(on ->
                        on ? keep(unit, source, lessons, 0) : Uni.createFrom().voidItem());
    }

    private Uni<Void> keep(UnitOfWork unit, Source source, List<Lesson> lessons, int at) {
        if (at == lessons.size()) return Uni.createFrom().voidItem();
        return keep(unit, told(source, lessons.get(at), at)).chain(() -> keep(unit, source, lessons, at + 1));
    }

    private static Told told(Source source, Lesson lesson, int at) {
        return new Told(
                Ids.derive(source.cause(), "learned", at),
                new Scope.Person(source.person()),
                lesson.text(),
                source.person(),
                source.name(),
                source.conversation(),
                source.at(),
                null,
                source.origin(),
                Trust.of(source.origin()),
                lesson.preference(),
                List.of());
    }

    private Uni<Void> keep(UnitOfWork unit, Told told) {
        if (StoreFlow.refusal(told.text()) != null) return Uni.createFrom().voidItem();
        return facts.lock(unit, told.scope())
                .chain(() -> facts.same(unit, told.scope(), told.speaker(), told.text()))
                .chain((@Nullable Fact known) ->
                        known == null ? keepNew(unit, told) : Uni.createFrom().voidItem());
    }

    /**
     * What was learned before of the same thing is superseded, by what was said later; what she had remembered herself is for
     * the review to weigh.
     */
    private Uni<Void> keepNew(UnitOfWork unit, Told told) {
        Statement statement = Statement.of(told.text(), told.speaker());
        Uni<@Nullable Fact> before = statement == null
                ? Uni.createFrom().nullItem()
                : facts.about(unit, told.scope(), told.speaker(), statement);
        return before.chain((@Nullable Fact old) -> {
            if (old == null || !wasLearned(old)) return store.add(unit, told).replaceWithVoid();
            if (old.saidAt().isAfter(told.saidAt())) return Uni.createFrom().voidItem();
            return store.supersede(unit, old, told).replaceWithVoid();
        });
    }

    private static boolean wasLearned(Fact fact) {
        return switch (fact.standing().origin()) {
            case LEARNED, PICKED -> !fact.standing().pinned();
            case SAID, MODEL, TOOL -> false;
        };
    }
}
