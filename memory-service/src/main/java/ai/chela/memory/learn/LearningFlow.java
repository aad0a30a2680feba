package ai.chela.memory.learn;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.turn.TurnCompleted;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.fact.Statement;
import ai.chela.memory.fact.StoreFlow;
import ai.chela.memory.fact.Told;
import ai.chela.memory.fact.Trust;
import ai.chela.memory.habit.Habits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Learns from finished turns: habits from what was done, and what certain forms of sentence say. */
@ApplicationScoped
public class LearningFlow {
    private static final int MOST_HABITS = 20;

    private final Facts facts;
    private final StoreFlow store;
    private final Habits habits;
    private final Learners learners;

    LearningFlow(Facts facts, StoreFlow store, Habits habits, Learners learners) {
        this.facts = facts;
        this.store = store;
        this.habits = habits;
        this.learners = learners;
    }

    /** Takes in a finished turn. Of what is said where others read along, only habits are learned. */
    public Uni<Void> completed(UnitOfWork unit, Envelope envelope, TurnCompleted turn) {
        String person = envelope.principal().person();
        Set<String> done = turn.operations().stream()
                .filter(LearningFlow::isHabit)
                .limit(50)
                .collect(Collectors.toSet());
        return habits(unit, person, done, turn).chain(() -> {
            List<Lesson> lessons = mayTeach(turn) ? Lessons.of(turn.text(), person) : List.of();
            if (lessons.isEmpty()) return Uni.createFrom().voidItem();
            return learners.learning(unit, person)
                    .chain(on -> on
                            ? learn(unit, envelope, turn, lessons, 0)
                            : Uni.createFrom().voidItem());
        });
    }

    private Uni<Void> habits(UnitOfWork unit, String person, Set<String> done, TurnCompleted turn) {
        if (done.isEmpty()) return Uni.createFrom().voidItem();
        return habits.count(
                unit, person, done, turn.at().atZone(zone(turn.speaker().zone())));
    }

    /** A greeting says nothing about a person. */
    private static boolean isHabit(String operation) {
        return operation.length() <= 200 && !operation.startsWith("agent.") && !operation.startsWith("approval.");
    }

    /** What a person has had remembered, corrected or forgotten by her words is done; it teaches nothing more. */
    private static boolean mayTeach(TurnCompleted turn) {
        return !turn.room()
                && turn.operations().stream()
                        .noneMatch(name -> name.startsWith("memory.") && !name.equals("memory.recall"));
    }

    private Uni<Void> learn(UnitOfWork unit, Envelope envelope, TurnCompleted turn, List<Lesson> lessons, int at) {
        if (at == lessons.size()) return Uni.createFrom().voidItem();
        return learn(unit, told(envelope, turn, lessons.get(at), at))
                .chain(() -> learn(unit, envelope, turn, lessons, at + 1));
    }

    private static Told told(Envelope envelope, TurnCompleted turn, Lesson lesson, int at) {
        String person = envelope.principal().person();
        return new Told(
                Ids.derive(envelope.id(), "learned", at),
                new Scope.Person(person),
                lesson.text(),
                person,
                turn.speaker().name(),
                StoreFlow.place(envelope),
                StoreFlow.at(envelope),
                null,
                MemoryOrigin.LEARNED,
                Trust.of(MemoryOrigin.LEARNED),
                lesson.preference(),
                List.of());
    }

    private Uni<Void> learn(UnitOfWork unit, Told told) {
        if (told.speaker().equals("-") || StoreFlow.refusal(told.text()) != null)
            return Uni.createFrom().voidItem();
        return facts.lock(unit, told.scope())
                .chain(() -> facts.same(unit, told.scope(), told.speaker(), told.text()))
                .chain((@Nullable Fact known) ->
                        known == null ? learnNew(unit, told) : Uni.createFrom().voidItem());
    }

    /** What was learned before of the same thing is superseded; what she had remembered herself is for the review to weigh. */
    private Uni<Void> learnNew(UnitOfWork unit, Told told) {
        Statement statement = Statement.of(told.text(), told.speaker());
        Uni<@Nullable Fact> before = statement == null
                ? Uni.createFrom().nullItem()
                : facts.about(unit, told.scope(), told.speaker(), statement);
        return before.chain((@Nullable Fact old) -> old != null
                                && old.standing().origin() == MemoryOrigin.LEARNED
                                && !old.standing().pinned()
                        ? store.supersede(unit, old, told)
                        : store.add(unit, told))
                .replaceWithVoid();
    }

    /** Sets whether Chela learns from a person's words, or only tells. */
    public Uni<MemoryChanged> set(UnitOfWork unit, Asker asker, MemoryRequested.Learning request) {
        Boolean on = request.on();
        if (on != null) unit.audit(on ? "memory.learning-on" : "memory.learning-off", asker.person(), "ok", null);
        Uni<Void> set = on == null ? Uni.createFrom().voidItem() : learners.set(unit, asker.person(), on);
        return set.chain(() -> learners.learning(unit, asker.person()))
                .chain(now -> facts.learned(unit, asker.person())
                        .map(learned -> new MemoryChanged.LearningSet(request.callId(), now, learned)));
    }

    /** A person's own habits, where nobody else reads along. */
    public Uni<MemoryChanged> habits(UnitOfWork unit, Asker asker, MemoryRequested.ShowHabits request) {
        if (request.room()) {
            unit.audit("memory.habits", request.callId(), "denied", null);
            return Uni.createFrom().item(new MemoryChanged.Refused(request.callId(), "memory.private"));
        }
        return habits.most(unit, asker.person(), MOST_HABITS)
                .map(most -> new MemoryChanged.Habits(request.callId(), most));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }
}
