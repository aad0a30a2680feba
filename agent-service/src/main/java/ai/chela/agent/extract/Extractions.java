package ai.chela.agent.extract;

import ai.chela.agent.config.AgentConfig;
import ai.chela.agent.extract.ExtractionRows.Row;
import ai.chela.agent.model.ModelAnswer;
import ai.chela.agent.model.ModelClient;
import ai.chela.agent.model.ModelSettings;
import ai.chela.agent.prompt.LessonPrompt;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.contracts.memory.ExtractionCompleted.Lesson;
import ai.chela.contracts.memory.ExtractionCompleted.Outcome;
import ai.chela.contracts.memory.ExtractionRequested;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.Received;
import ai.chela.kit.work.WorkLoop;
import ai.chela.kit.work.WorkLoop.Work;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the model what a message teaches, one message at a time, and only while no person waits for a model or for a turn to
 * begin; but nobody waits for ever, so a message that has waited for some minutes is taken in between. Each is answered once,
 * whatever comes of it.
 */
@ApplicationScoped
public class Extractions {
    /** A look at a message is worth no more. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    /** A holder that is gone is noticed after this; longer than any call. */
    private static final Duration LEASE = LONGEST_CALL.plusSeconds(30);

    /** Three quotes, and what a model says before it comes to them. */
    private static final int LONGEST_ANSWER = 16_000;

    private static final String DUE = """
            select tenant, id from extraction where due_at <= now()
              and (created_at < now() - interval '3 minutes'
                   or not exists (select 1 from turn where phase = 'queued')
                      and not exists (select 1 from turn where phase = 'thinking'))
            order by due_at limit $1""";

    private final Transactions transactions;
    private final AgentConfig config;
    private final MeterRegistry meters;
    private final Pool queue;
    private final ModelClient client;
    private final WorkLoop loop;

    public Extractions(
            Transactions transactions,
            AgentConfig config,
            MeterRegistry meters,
            Vertx vertx,
            @ReactiveDataSource("queue") Pool queue) {
        this.transactions = transactions;
        this.config = config;
        this.meters = meters;
        this.queue = queue;
        this.client = new ModelClient(config.dataFolder(), LONGEST_ANSWER);
        this.loop = new WorkLoop("extraction", vertx, Duration.ofSeconds(5), 1, this::due, this::extract);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    /** Takes a question in; without a model it is answered at once. */
    public Uni<Void> requested(UnitOfWork unit, Received<ExtractionRequested> received) {
        ExtractionRequested request = received.payload();
        if (config.models().forLearning() == null)
            return answer(unit, unit.origin(), request, Outcome.NO_MODEL, List.of());
        unit.afterCommit(loop::nudge);
        return ExtractionRows.add(unit, request);
    }

    private Uni<List<Work>> due(int limit) {
        return queue.preparedQuery(DUE).execute(Tuple.of(limit)).map(rows -> {
            List<Work> found = new ArrayList<>();
            rows.forEach(row -> found.add(new Work(row.getString(0), row.getString(1))));
            return found;
        });
    }

    private record Claimed(Row row, ModelSettings.Model model) {}

    private Uni<Void> extract(Work work) {
        Origin own = Origin.first(work.tenant(), Principal.service("agent"), null);
        return transactions
                .run(
                        "extraction.claim",
                        own,
                        unit -> ExtractionRows.lock(unit, work.id())
                                .chain(row -> row == null
                                        ? Uni.createFrom().<@Nullable Claimed>nullItem()
                                        : claim(unit, row)))
                .chain((@Nullable Claimed claimed) ->
                        claimed == null ? Uni.createFrom().voidItem() : ask(claimed));
    }

    private Uni<@Nullable Claimed> claim(UnitOfWork unit, Row row) {
        ModelSettings settings = config.models();
        ModelSettings.Model model = settings.forLearning();
        Outcome over = Tries.over(model != null, row.tries(), row.old());
        if (over != null || model == null) return end(unit, row, over == null ? Outcome.NO_MODEL : over);
        Uni<Boolean> admitted = row.tries() > 0
                ? Uni.createFrom().item(true)
                : ExtractionRows.admit(
                        unit,
                        row.origin().principal().person(),
                        settings.learning().aDay());
        return admitted.chain(may -> may
                ? ExtractionRows.claim(unit, row.id(), LEASE)
                        .map(fence -> new Claimed(row.claimed(fence), model.within(LONGEST_CALL)))
                : end(unit, row, Outcome.LIMITED));
    }

    private Uni<@Nullable Claimed> end(UnitOfWork unit, Row row, Outcome outcome) {
        return finish(unit, row, outcome, List.of())
                .chain(() -> Uni.createFrom().nullItem());
    }

    private Uni<Void> ask(Claimed claimed) {
        long began = System.nanoTime();
        return client.ask(claimed.model(), LessonPrompt.of(claimed.row().request()), List.of(), _ -> {})
                .invoke(answer -> measure(claimed.model().name(), answer, System.nanoTime() - began))
                .chain(answer -> transactions.run(
                        "extraction.answered", claimed.row().origin(), unit -> answered(unit, claimed, answer)));
    }

    private Uni<Void> answered(UnitOfWork unit, Claimed claimed, ModelAnswer answer) {
        unit.audit("model.called", claimed.model().name(), outcome(answer), null);
        return switch (answer) {
            case ModelAnswer.Said said -> said(unit, claimed.row(), LessonReader.read(said.text()));
            case ModelAnswer.Failed(String code, String _) -> {
                Duration pause = Tries.pause(code, claimed.row().tries());
                yield pause == null
                        ? finish(unit, claimed.row(), Tries.failed(code), List.of())
                        : ExtractionRows.postpone(unit, claimed.row(), pause);
            }
        };
    }

    private Uni<Void> said(UnitOfWork unit, Row row, @Nullable List<Lesson> lessons) {
        return lessons == null
                ? finish(unit, row, Outcome.UNREADABLE, List.of())
                : finish(unit, row, Outcome.ANSWERED, lessons);
    }

    /** What a holder brings that was taken for gone meanwhile is thrown away. */
    private Uni<Void> finish(UnitOfWork unit, Row row, Outcome outcome, List<Lesson> lessons) {
        return ExtractionRows.remove(unit, row)
                .chain(mine -> mine
                        ? answer(unit, row.origin(), row.request(), outcome, lessons)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> answer(
            UnitOfWork unit, Origin origin, ExtractionRequested request, Outcome outcome, List<Lesson> lessons) {
        unit.afterCommit(() -> meters.counter(
                        "chela.extractions", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment());
        return unit.publish(
                Topic.EXTRACTION_COMPLETED,
                Ids.derive(request.callId(), "extracted"),
                new ExtractionCompleted(request, outcome, lessons),
                origin);
    }

    private static String outcome(ModelAnswer answer) {
        return answer instanceof ModelAnswer.Failed(String code, String _) ? code : "ok";
    }

    /** It costs the same model as a turn does, so it is counted with those. */
    private void measure(String model, ModelAnswer answer, long nanos) {
        meters.timer("chela.model.call", "model", model, "outcome", outcome(answer))
                .record(nanos, TimeUnit.NANOSECONDS);
        if (!(answer instanceof ModelAnswer.Said said)) return;
        count(model, "input", said.inputTokens());
        count(model, "output", said.outputTokens());
    }

    private void count(String model, String direction, @Nullable Integer tokens) {
        if (tokens != null)
            meters.counter("chela.model.tokens", "model", model, "direction", direction)
                    .increment(tokens);
    }
}
