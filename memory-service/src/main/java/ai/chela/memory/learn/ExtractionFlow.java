package ai.chela.memory.learn;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.contracts.memory.ExtractionRequested;
import ai.chela.contracts.memory.MemoryOrigin;
import ai.chela.contracts.turn.TurnCompleted;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.fact.StoreFlow;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Has a model look at what patterns left of a message, and keeps of its answer what the person really said. */
@ApplicationScoped
public class ExtractionFlow {
    private final LessonFlow lessons;
    private final Learners learners;
    private final MeterRegistry meters;

    ExtractionFlow(LessonFlow lessons, Learners learners, MeterRegistry meters) {
        this.lessons = lessons;
        this.learners = learners;
        this.meters = meters;
    }

    /** Asks, where the turn says that there is whom to ask, and the person lets Chela learn. */
    Uni<Void> ask(UnitOfWork unit, Envelope envelope, TurnCompleted turn, List<Lesson> learned) {
        if (!Boolean.TRUE.equals(turn.mayAsk())) return Uni.createFrom().voidItem();
        String text = Unlearned.of(turn.text(), learned);
        if (text == null) return Uni.createFrom().voidItem();
        String call = Ids.derive(envelope.id(), "extraction");
        ExtractionRequested question = new ExtractionRequested(call, turn.speaker(), text, turn.at());
        return learners.learning(unit, envelope.principal().person())
                .chain(on -> on
                        ? unit.publish(Topic.EXTRACTION_REQUESTED, call, question)
                        : Uni.createFrom().voidItem());
    }

    /**
     * Takes an answer in, whatever it says; the words are hers in whose name it comes. An answer may be late, so nothing is kept of
     * what was said before she last had something forgotten.
     */
    public Uni<Void> answered(UnitOfWork unit, Envelope envelope, ExtractionCompleted answer) {
        ExtractionRequested request = answer.request();
        List<Lesson> picked = Picked.of(request.text(), answer.lessons());
        unit.afterCommit(() -> count(answer, picked.size()));
        if (picked.isEmpty()) return Uni.createFrom().voidItem();
        LessonFlow.Source source = new LessonFlow.Source(
                request.callId(),
                envelope.principal().person(),
                request.speaker().name(),
                StoreFlow.place(envelope),
                request.at().truncatedTo(ChronoUnit.MICROS),
                MemoryOrigin.PICKED);
        return learners.forgotSince(unit, source.person(), request.at())
                .chain(forgot -> forgot ? Uni.createFrom().voidItem() : lessons.keep(unit, source, picked));
    }

    private void count(ExtractionCompleted answer, int kept) {
        String outcome = answer.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-');
        meters.counter("chela.memory.extractions", "outcome", outcome).increment();
        meters.counter("chela.memory.lessons", "of", "model", "kept", "yes").increment(kept);
        meters.counter("chela.memory.lessons", "of", "model", "kept", "no")
                .increment(answer.lessons().size() - kept);
    }
}
