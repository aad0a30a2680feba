package ai.chela.memory.embedding;

import ai.chela.memory.embedding.EndpointAnswer.Failed;
import ai.chela.memory.embedding.EndpointAnswer.Later;
import ai.chela.memory.embedding.EndpointAnswer.Refused;
import ai.chela.memory.embedding.EndpointAnswer.Vectors;
import ai.chela.memory.remote.Breaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an OpenAI-compatible endpoint, for texts of every language. It is introduced in the background when the
 * service starts and tried again until it answers; from then on the number of its dimensions is fixed.
 */
final class EndpointEmbedder implements Embedder, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EndpointEmbedder.class);

    /** A call for facts is made this often before it counts as failed. */
    private static final int ATTEMPTS = 3;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** A text that is refused is halved; if this little of it is refused, all of it is. */
    private static final int SHORTEST = 200;

    private static final Map<Purpose, Integer> MOST_AT_ONCE = Map.of(Purpose.QUESTION, 8, Purpose.FACT, 2);

    private final EndpointSettings settings;
    private final EndpointCalls calls;
    private final Introductions known;

    /** One each: a question's limit is short, and an endpoint too slow for questions may be good for facts. */
    private final Map<Purpose, Breaker> breakers = new EnumMap<>(Purpose.class);

    private final Map<Purpose, AtomicInteger> underWay = new EnumMap<>(Purpose.class);
    private final Map<Purpose, Timer> timers = new EnumMap<>(Purpose.class);
    private final MeterRegistry meters;
    private volatile @Nullable Introduction introduction;
    private volatile String problem = "not asked yet";
    private volatile boolean closed;

    EndpointEmbedder(EndpointSettings settings, Introductions known, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        this.known = known;
        this.calls = settings.calls(clock);
        this.meters = meters;
        for (Purpose purpose : Purpose.values()) {
            breakers.put(purpose, new Breaker(clock));
            underWay.put(purpose, new AtomicInteger());
            timers.put(purpose, EmbeddingTimer.of(purpose, meters));
        }
        meters.gauge("chela.embedding.models.ready", this, it -> it.problem.isEmpty() ? 1 : 0);
        this.introduction = known.known(settings.key());
        introduce(FIRST_PAUSE);
    }

    /** Learns the model, or where it is known, sees whether it is still the same. */
    private void introduce(Duration pauseAfterFailure) {
        Introduction before = introduction;
        List<String> sentences = before == null
                ? Introduction.sentences()
                : Introduction.sentences().subList(0, 1);
        inBatches(Purpose.FACT, sentences, new ArrayList<>()).thenAccept(outcome -> {
            if (outcome instanceof EndpointAnswer.Vectors(List<float[]> vectors)) met(before, vectors);
            else if (!closed) {
                Duration next = pauseAfterFailure.multipliedBy(2);
                Duration pause = next.compareTo(Breaker.LONGEST_REST) > 0 ? Breaker.LONGEST_REST : next;
                later(pauseAfterFailure, () -> introduce(pause));
            }
        });
    }

    private void met(@Nullable Introduction before, List<float[]> vectors) {
        if (before != null) return;
        Model unnamed = new Model(settings.key(), vectors.getFirst().length);
        Introduction now = Introduction.of(
                settings.key(),
                vectors.stream().map(values -> new Vector(unnamed, values)).toList());
        try {
            known.keep(now);
        } catch (IOException e) {
            // it serves until the next start, which asks again
            LOG.errorf(e, "event=embedding.introduction outcome=not-kept model=%s", settings.key());
        }
        introduction = now;
        LOG.infof("event=embedding.introduced model=%s dimensions=%d", settings.key(), now.dimensions());
    }

    private static void later(Duration pause, Runnable work) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(work);
    }

    @Override
    public @Nullable Model modelFor(String text) {
        Introduction met = introduction;
        return met == null ? null : model(met);
    }

    private static Model model(Introduction met) {
        return new Model(met.model() + "-" + met.dimensions(), met.dimensions());
    }

    @Override
    public CompletionStage<Outcome> embed(Purpose purpose, Model model, List<String> texts) {
        Embedder.checkNumber(texts);
        Introduction met = introduction;
        if (met == null || !model.equals(model(met)))
            throw new IllegalArgumentException("no model of this endpoint: " + model.name());
        if (of(underWay, purpose).incrementAndGet() > Objects.requireNonNull(MOST_AT_ONCE.get(purpose))) {
            of(underWay, purpose).decrementAndGet();
            return CompletableFuture.completedStage(new Outcome.NotNow(Reason.BUSY));
        }
        return inBatches(purpose, settings.cut(purpose, texts), new ArrayList<>())
                .thenApply(answer -> outcome(model, answer))
                .whenComplete((_, _) -> of(underWay, purpose).decrementAndGet());
    }

    private Outcome outcome(Model model, EndpointAnswer answer) {
        return switch (answer) {
            case Vectors(List<float[]> values) ->
                new Outcome.Vectors(
                        values.stream().map(each -> new Vector(model, each)).toList());
            case Refused _ -> new Outcome.NotNow(Reason.REFUSED);
            case Later _ -> new Outcome.NotNow(Reason.BUSY);
            case Failed _ -> new Outcome.NotNow(Reason.FAILED);
        };
    }

    /** One call after the other; the first that gives no vectors ends it. */
    private CompletionStage<EndpointAnswer> inBatches(Purpose purpose, List<String> texts, List<float[]> done) {
        if (texts.isEmpty()) return CompletableFuture.completedStage(new Vectors(List.copyOf(done)));
        int size = Math.min(settings.batch(), texts.size());
        return one(purpose, texts.subList(0, size), 1).thenCompose(answer -> {
            if (!(answer instanceof Vectors(List<float[]> values))) return CompletableFuture.completedStage(answer);
            done.addAll(values);
            return inBatches(purpose, texts.subList(size, texts.size()), done);
        });
    }

    private CompletionStage<EndpointAnswer> one(Purpose purpose, List<String> texts, int attempt) {
        if (!of(breakers, purpose).mayCall()) return CompletableFuture.completedStage(new Failed("is resting"));
        long start = System.nanoTime();
        return calls.call(texts, settings.limit(purpose)).thenCompose(answer -> {
            EndpointAnswer checked = checked(answer);
            noteOutcome(purpose, texts.size(), checked, System.nanoTime() - start);
            return switch (checked) {
                case Vectors _, Later _ -> CompletableFuture.completedStage(checked);
                case Refused _ -> smaller(purpose, texts, checked);
                case Failed _ -> again(purpose, texts, attempt, checked);
            };
        });
    }

    private EndpointAnswer checked(EndpointAnswer answer) {
        Introduction met = introduction;
        if (met == null || !(answer instanceof Vectors(List<float[]> values))) return answer;
        int dimensions = values.getFirst().length;
        if (dimensions == met.dimensions()) return answer;
        forget();
        return new Failed("answers with vectors of " + dimensions + " numbers, before of " + met.dimensions()
                + ": is it another model? Restart memory-service to take it as a new one");
    }

    /** So that the next start learns the model anew. In this process its dimensions stay what they were. */
    private void forget() {
        try {
            known.forget(settings.key());
        } catch (IOException e) {
            LOG.errorf(e, "event=embedding.introduction outcome=not-deleted model=%s", settings.key());
        }
    }

    private void noteOutcome(Purpose purpose, int texts, EndpointAnswer answer, long nanos) {
        Breaker breaker = of(breakers, purpose);
        String outcome = switch (answer) {
            case Vectors _ -> {
                breaker.worked();
                problem = "";
                of(timers, purpose).record(nanos / texts, TimeUnit.NANOSECONDS);
                yield "ok";
            }
            case Refused(int status) -> {
                breaker.worked();
                LOG.warnf("event=embedding.endpoint outcome=refused status=%d texts=%d", status, texts);
                yield "refused";
            }
            case Later(Duration pause) -> {
                breakers.values().forEach(each -> each.rest(pause));
                LOG.infof("event=embedding.endpoint outcome=pause seconds=%d", pause.toSeconds());
                yield "pause";
            }
            case Failed(String why) -> {
                breaker.failed();
                problem = why;
                LOG.warnf("event=embedding.endpoint outcome=failed problem=\"%s\"", why);
                yield "failed";
            }
        };
        meters.counter("chela.embedding.calls", "outcome", outcome).increment();
    }

    /** For facts the same again after a pause; who asks a question does not wait for a second try. */
    private CompletionStage<EndpointAnswer> again(
            Purpose purpose, List<String> texts, int attempt, EndpointAnswer answer) {
        if (purpose == Purpose.QUESTION || attempt == ATTEMPTS || closed)
            return CompletableFuture.completedStage(answer);
        long pause = (FIRST_PAUSE.toMillis() << (attempt - 1))
                + ThreadLocalRandom.current().nextLong(FIRST_PAUSE.toMillis());
        CompletableFuture<EndpointAnswer> next = new CompletableFuture<>();
        later(
                Duration.ofMillis(pause),
                () -> one(purpose, texts, attempt + 1).whenComplete((found, failure) -> {
                    if (failure == null) next.complete(found);
                    else next.completeExceptionally(failure);
                }));
        return next;
    }

    /** Which of several is refused is found by asking for each; one alone is tried shorter. */
    private CompletionStage<EndpointAnswer> smaller(Purpose purpose, List<String> texts, EndpointAnswer refusal) {
        if (purpose == Purpose.QUESTION || closed) return CompletableFuture.completedStage(refusal);
        if (texts.size() > 1) return each(purpose, texts, 0, new ArrayList<>());
        String text = texts.getFirst();
        if (text.length() <= SHORTEST) return CompletableFuture.completedStage(refusal);
        return one(purpose, List.of(EndpointSettings.first(text, text.length() / 2)), 1);
    }

    private CompletionStage<EndpointAnswer> each(Purpose purpose, List<String> texts, int at, List<float[]> done) {
        if (at == texts.size()) return CompletableFuture.completedStage(new Vectors(List.copyOf(done)));
        return one(purpose, List.of(texts.get(at)), 1).thenCompose(answer -> {
            if (!(answer instanceof Vectors(List<float[]> values))) return CompletableFuture.completedStage(answer);
            done.addAll(values);
            return each(purpose, texts, at + 1, done);
        });
    }

    private static <T> T of(Map<Purpose, T> each, Purpose purpose) {
        return Objects.requireNonNull(each.get(purpose));
    }

    @Override
    public List<Model> models() {
        Introduction met = introduction;
        return met == null ? List.of() : List.of(model(met));
    }

    @Override
    public float[] mean(Model model) {
        Introduction met = introduction;
        return met == null ? new float[model.dimensions()] : met.mean().clone();
    }

    @Override
    public Duration patience() {
        return settings.questionTimeout();
    }

    @Override
    public String state() {
        String now = problem;
        if (now.isEmpty()) return settings.key() + ": ready";
        return settings.key() + ": "
                + (of(breakers, Purpose.FACT).resting() ? "resting, the endpoint " : "the endpoint ") + now;
    }

    @Override
    public void close() {
        closed = true;
        calls.close();
    }
}
