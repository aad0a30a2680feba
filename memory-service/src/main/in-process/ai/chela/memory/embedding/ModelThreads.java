package ai.chela.memory.embedding;

import ai.chela.memory.embedding.Embedder.Outcome;
import ai.chela.memory.embedding.Embedder.Purpose;
import ai.chela.memory.embedding.Embedder.Reason;
import ai.chela.memory.embedding.Embedder.Vector;
import ai.onnxruntime.OrtException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The threads that models of this process run in. Facts have one, which gives way to everything else on the machine and
 * loads the models too; questions have another, for somebody waits for them: a thread that has made itself nice cannot take
 * it back.
 */
final class ModelThreads implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ModelThreads.class);

    /** Pieces of words, about 190 words of English; what is behind does not count for the meaning. */
    static final int MOST_OF_A_FACT = 256;

    /** A question of this length takes some 40 ms with a small model. */
    private static final int MOST_OF_A_QUESTION = 96;

    /** More waiting than this is answered {@link Reason#BUSY}. */
    private static final int MOST_WAITING = 64;

    private static final int IDLE_SECONDS = 60;

    private final Map<Purpose, ThreadPoolExecutor> threads = new EnumMap<>(Purpose.class);
    private final Map<Purpose, Timer> timers = new EnumMap<>(Purpose.class);

    ModelThreads(MeterRegistry meters) {
        for (Purpose purpose : Purpose.values()) {
            threads.put(purpose, thread(purpose));
            timers.put(purpose, EmbeddingTimer.of(purpose, meters));
        }
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

    /** What nobody waits for. */
    Executor background() {
        return of(threads, Purpose.FACT);
    }

    CompletionStage<Outcome> run(Purpose purpose, OnnxModel model, List<String> texts) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        try {
            of(threads, purpose).execute(() -> outcome.complete(compute(purpose, model, texts)));
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedStage(new Outcome.NotNow(Reason.BUSY));
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

    private static <T> T of(Map<Purpose, T> each, Purpose purpose) {
        T found = each.get(purpose);
        if (found == null) throw new IllegalStateException("nothing for " + purpose);
        return found;
    }

    /** Takes nothing more; what is being computed ends with the process. */
    @Override
    public void close() {
        threads.values().forEach(ThreadPoolExecutor::shutdownNow);
    }
}
