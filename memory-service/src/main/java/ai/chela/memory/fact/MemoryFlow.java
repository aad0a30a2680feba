package ai.chela.memory.fact;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.learn.LearningFlow;
import ai.chela.memory.review.ReviewFlow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Does what a {@link MemoryRequested} asks for, inside one unit of work, and says what came of it. */
@ApplicationScoped
public class MemoryFlow {
    private static final int PAGE = 50;

    private final Facts facts;
    private final StoreFlow store;
    private final ForgetFlow forget;
    private final CareFlow care;
    private final PastFlow past;
    private final LearningFlow learning;
    private final ReviewFlow review;

    public MemoryFlow(
            Facts facts,
            StoreFlow store,
            ForgetFlow forget,
            CareFlow care,
            PastFlow past,
            LearningFlow learning,
            ReviewFlow review) {
        this.facts = facts;
        this.store = store;
        this.forget = forget;
        this.care = care;
        this.past = past;
        this.learning = learning;
        this.review = review;
    }

    /** The outcome; nothing was changed when it is a refusal. */
    public Uni<MemoryChanged> handle(UnitOfWork unit, Envelope envelope, MemoryRequested request) {
        Asker asker = new Asker(envelope.principal().person(), request.room());
        Instant now = StoreFlow.at(envelope);
        return switch (request) {
            case MemoryRequested.Remember remember -> store.remember(unit, envelope, asker, remember);
            case MemoryRequested.Correct correct -> store.correct(unit, envelope, asker, correct);
            case MemoryRequested.Forget these -> forget.these(unit, asker, these);
            case MemoryRequested.ForgetMatching matching -> forget.matching(unit, asker, matching);
            case MemoryRequested.ForgetAll all -> forget.all(unit, asker, all);
            case MemoryRequested.ListAll list -> list(unit, asker, list);
            case MemoryRequested.Explain explain -> past.explain(unit, asker, explain);
            case MemoryRequested.LookBack back -> past.lookBack(unit, asker, back);
            case MemoryRequested.Export export -> past.export(unit, asker, export);
            case MemoryRequested.Pin pin -> care.pin(unit, asker, pin);
            case MemoryRequested.Expire expire -> care.expire(unit, asker, expire, now);
            case MemoryRequested.Tag tag -> care.tag(unit, asker, tag);
            case MemoryRequested.Settle settle -> care.settle(unit, asker, settle, now);
            case MemoryRequested.ShowHabits show -> learning.habits(unit, asker, show);
            case MemoryRequested.Learning learn -> learning.set(unit, asker, learn);
            case MemoryRequested.ShowReview show -> review.show(unit, asker, show);
        };
    }

    private Uni<MemoryChanged> list(UnitOfWork unit, Asker asker, MemoryRequested.ListAll request) {
        int page = request.page() == null ? 1 : request.page();
        String tag = request.tag() == null ? null : CareFlow.tag(request.tag());
        Facts.Wanted wanted = new Facts.Wanted(tag, Boolean.TRUE.equals(request.preferences()));
        return facts.page(unit, asker, wanted, PAGE, page)
                .map(listing -> new MemoryChanged.Listed(
                        request.callId(),
                        ThatFit.first(listing.facts().stream()
                                .map(fact -> fact.shown(0))
                                .toList()),
                        listing.total(),
                        page,
                        Math.toIntExact(Math.max(1, Math.ceilDiv(listing.total(), PAGE))),
                        request.tag(),
                        wanted.preferences() ? true : null));
    }
}
