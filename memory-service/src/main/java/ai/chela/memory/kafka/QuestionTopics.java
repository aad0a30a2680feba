package ai.chela.memory.kafka;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.MemoryViewed;
import ai.chela.contracts.memory.RecallCompleted;
import ai.chela.contracts.memory.RecallRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.view.ViewRequested;
import ai.chela.kit.outbox.DirectSender;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.topic.Subscriptions;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.fact.Asker;
import ai.chela.memory.fact.Contradicted;
import ai.chela.memory.fact.Facts;
import ai.chela.memory.fact.ThatFit;
import ai.chela.memory.fact.Uses;
import ai.chela.memory.recall.RecallFlow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read-only questions. One that fails is logged and not answered: whoever asked asks again. */
@ApplicationScoped
public class QuestionTopics {
    private static final int MOST_VIEWED = 50;

    /** UTF-16 units of all preferences in one answer. */
    private static final int MOST_PREFERENCES = 16 * 1024;

    private final RecallFlow recall;
    private final Facts facts;
    private final Contradicted contradicted;
    private final Uses uses;
    private final Transactions transactions;
    private final DirectSender sender;

    public QuestionTopics(
            RecallFlow recall,
            Facts facts,
            Contradicted contradicted,
            Uses uses,
            Transactions transactions,
            DirectSender sender) {
        this.recall = recall;
        this.facts = facts;
        this.contradicted = contradicted;
        this.uses = uses;
        this.transactions = transactions;
        this.sender = sender;
    }

    void read(@Observes Subscriptions topics) {
        topics.direct(Topic.RECALL_REQUESTED, RecallRequested.class, this::recalled);
        topics.direct(Topic.VIEW_REQUESTED, ViewRequested.class, this::asked);
    }

    private Uni<Void> asked(Envelope envelope, ViewRequested request) {
        return switch (request.kind()) {
            case MEMORIES -> viewed(envelope, request);
            case TRIGGERS -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> recalled(Envelope envelope, RecallRequested request) {
        Origin origin = Origin.of(envelope);
        Asker asker = new Asker(envelope.principal().person(), request.room());
        Uni<RecallFlow.Answer> answer = recall.recall(
                        origin, asker, request.query(), request.limit(), request.mostTokens())
                .chain(found -> contradicted.checked(origin, found, Instant.now()))
                .invoke(found -> {
                    if (found.certain())
                        uses.recalled(origin.tenant(), found.hits().getFirst().fact());
                });
        return Uni.combine()
                .all()
                .unis(answer, preferences(origin, asker, request.preferences()))
                .with((found, preferences) -> completed(request, found, preferences))
                .chain(completed -> sender.send(
                        Topic.RECALL_COMPLETED,
                        origin,
                        Ids.derive(envelope.id(), "recall-completed"),
                        null,
                        completed));
    }

    /** Read beside the recall, so that it waits for the slower of both. */
    private Uni<Optional<List<RecalledFact>>> preferences(Origin origin, Asker asker, @Nullable Integer most) {
        if (most == null) return Uni.createFrom().item(Optional.empty());
        return transactions
                .run("recall.preferences", origin, unit -> facts.preferences(unit, asker, most))
                .map(found -> Optional.of(
                        ThatFit.first(found.stream().map(fact -> fact.shown(0)).toList(), MOST_PREFERENCES)));
    }

    private static RecallCompleted completed(
            RecallRequested request, RecallFlow.Answer answer, Optional<List<RecalledFact>> preferences) {
        return new RecallCompleted(
                request.callId(),
                answer.certain(),
                ThatFit.first(answer.hits().stream()
                        .map(hit -> hit.fact().shown(hit.score()))
                        .toList()),
                answer.took().toMillis(),
                preferences.orElse(null));
    }

    /** A view is the person's own: it shows what she sees in private. */
    private Uni<Void> viewed(Envelope envelope, ViewRequested request) {
        Origin origin = Origin.of(envelope);
        Asker asker = new Asker(envelope.principal().person(), false);
        return transactions
                .run("memory.view", origin, unit -> facts.page(unit, asker, Facts.Wanted.ALL, MOST_VIEWED, 1))
                .chain(listing -> {
                    MemoryViewed viewed = new MemoryViewed(
                            request.requestId(),
                            request.instance(),
                            ThatFit.first(listing.facts().stream()
                                    .map(fact -> fact.shown(0))
                                    .toList()),
                            listing.total());
                    return sender.send(
                            Topic.MEMORY_VIEWED, origin, Ids.derive(envelope.id(), "memory-viewed"), null, viewed);
                });
    }
}
