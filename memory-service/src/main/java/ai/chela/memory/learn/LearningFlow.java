package ai.chela.memory.learn;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.turn.TurnCompleted;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.StoreFlow;
import ai.chela.memory.habit.Habits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Learns from finished turns: habits from what was done, and what the person said of herself. */
@ApplicationScoped
public class LearningFlow {
    private static final int MOST_HABITS = 20;

    private final Facts facts;
    private final LessonFlow lessons;
    private final ExtractionFlow extraction;
    private final Habits habits;
    private final Learners learners;

    LearningFlow(Facts facts, LessonFlow lessons, ExtractionFlow extraction, Habits habits, Learners learners) {
        this.facts = facts;
        this.lessons = lessons;
        this.extraction = extraction;
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
        return habits(unit, person, done, turn)
                .chain(() -> mayTeach(turn)
                        ? learn(unit, envelope, turn)
                        : Uni.createFrom().voidItem());
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

    /**
     * What a person has had remembered, corrected or forgotten by her words is done, and what she has set is set; it teaches
     * nothing more.
     */
    private static boolean mayTeach(TurnCompleted turn) {
        return !turn.room()
                && turn.operations().stream()
                        .noneMatch(name -> name.startsWith("settings.")
                                || name.startsWith("memory.") && !name.equals("memory.recall"));
    }

    /** Certain patterns first; what they leave, a model may look at. */
    private Uni<Void> learn(UnitOfWork unit, Envelope envelope, TurnCompleted turn) {
        String person = envelope.principal().person();
        List<Lesson> learned = Lessons.of(turn.text(), person);
        LessonFlow.Source source = new LessonFlow.Source(
                envelope.id(),
                person,
                turn.speaker().name(),
                StoreFlow.place(envelope),
                StoreFlow.at(envelope),
                MemoryOrigin.LEARNED);
        return lessons.keep(unit, source, learned).chain(() -> extraction.ask(unit, envelope, turn, learned));
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
