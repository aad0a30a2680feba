package ai.chela.memory.embedding;

import ai.onnxruntime.OrtException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Models in this process, chosen by the script of a text. Facts have one thread, which gives way to everything else on the
 * machine and loads the models too; questions have another, for somebody waits for them: a thread that has made itself
 * nice cannot take it back.
 */
final class InProcessEmbedder implements Embedder, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(InProcessEmbedder.class);

    /** Pieces of words, about 190 words of English; what is behind does not count for the meaning. */
    private static final int MOST_OF_A_FACT = 256;

    /** A question of this length takes some 40 ms. */
    private static final int MOST_OF_A_QUESTION = 96;

    /** More waiting than this is answered {@link Reason#BUSY}. */
    private static final int MOST_WAITING = 64;

    private static final int IDLE_SECONDS = 60;

    private final InProcessModels models;
    private final Map<Purpose, ThreadPoolExecutor> threads = new EnumMap<>(Purpose.class);
    private final Map<Purpose, Timer> timers = new EnumMap<>(Purpose.class);

    InProcessEmbedder(Clock clock, MeterRegistry meters) {
        for (Purpose purpose : Purpose.values()) {
            threads.put(purpose, thread(purpose));
            timers.put(purpose, timer(purpose, meters));
        }
        this.models = new InProcessModels(of(threads, Purpose.FACT), clock);
        meters.gauge("chela.embedding.models.ready", models, InProcessModels::ready);
    }

    private static Timer timer(Purpose purpose, MeterRegistry meters) {
        return Timer.builder("chela.embedding")
                .description("computing the vector of one text, waiting aside")
                .tag("purpose", purpose.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private static ThreadPoolExecutor thread(Purpose purpose) {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread made = new Thread(
                            () -> {
                                if (purpose == Purpose.FACT) LowPriority.take();
                                work.run();
                            },
                            "embedding-" + purpose.name().toLowerCase(Locale.ROOT));
                    made.setDaemon(true);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    @Override
    public CompletionStage<Outcome> embed(Purpose purpose, Model model, List<String> texts) {
        if (texts.size() > MOST_TEXTS) throw new IllegalArgumentException("texts: at most " + MOST_TEXTS);
        return switch (models.get(InProcessModels.scriptOf(model))) {
            case InProcessModels.State.Ready(OnnxModel loaded) -> queued(purpose, loaded, texts);
            case InProcessModels.State.Waiting _, InProcessModels.State.Loading _ -> notNow(Reason.LOADING);
            case InProcessModels.State.Failed _ -> notNow(Reason.FAILED);
        };
    }

    private CompletionStage<Outcome> queued(Purpose purpose, OnnxModel model, List<String> texts) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        try {
            of(threads, purpose).execute(() -> outcome.complete(compute(purpose, model, texts)));
        } catch (RejectedExecutionException _) {
            return notNow(Reason.BUSY);
        }
        return outcome;
    }

    private Outcome compute(Purpose purpose, OnnxModel model, List<String> texts) {
        int most = purpose == Purpose.FACT ? MOST_OF_A_FACT : MOST_OF_A_QUESTION;
        List<Vector> vectors = new ArrayList<>(texts.size());
        try {
            for (String text : texts) {
                if (Thread.currentThread().isInterrupted()) return new Outcome.NotNow(Reason.BUSY);
                long start = System.nanoTime();
                vectors.add(model.embed(text, most));
                of(timers, purpose).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            }
            return new Outcome.Vectors(List.copyOf(vectors));
        } catch (OrtException | RuntimeException e) {
            LOG.errorf(e, "event=embedding.run outcome=failed purpose=%s texts=%d", purpose, texts.size());
            return new Outcome.NotNow(Reason.FAILED);
        }
    }

    private static CompletionStage<Outcome> notNow(Reason reason) {
        return CompletableFuture.completedStage(new Outcome.NotNow(reason));
    }

    private static <T> T of(Map<Purpose, T> each, Purpose purpose) {
        T found = each.get(purpose);
        if (found == null) throw new IllegalStateException("nothing for " + purpose);
        return found;
    }

    @Override
    public Model modelFor(String text) {
        return InProcessModels.of(Script.of(text));
    }

    @Override
    public List<Model> models() {
        return Stream.of(Script.values()).map(InProcessModels::of).toList();
    }

    @Override
    public float[] mean(Model model) {
        return InProcessModels.mean(InProcessModels.scriptOf(model));
    }

    @Override
    public String state() {
        return models.shown();
    }

    /** Takes nothing more; what is being computed ends with the process. */
    @Override
    public void close() {
        threads.values().forEach(ThreadPoolExecutor::shutdownNow);
    }
}
