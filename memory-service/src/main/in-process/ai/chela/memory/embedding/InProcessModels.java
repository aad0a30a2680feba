package ai.chela.memory.embedding;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The two models, each loaded when it is asked for first, by somebody else's thread. Thread-safe. */
final class InProcessModels {
    private static final Logger LOG = Logger.getLogger(InProcessModels.class);

    /** A model that could not be loaded is tried again after this long. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    /** BGE small, quantised: English has 384 dimensions, Chinese 512. */
    private record Known(Embedder.Model model, String resource) {}

    private static final Map<Script, Known> KNOWN = new EnumMap<>(Map.of(
            Script.LATIN, new Known(new Embedder.Model("bge-small-en-v15-q", 384), "bge-small-en-v1.5-q"),
            Script.HAN, new Known(new Embedder.Model("bge-small-zh-v15-q", 512), "bge-small-zh-v1.5-q")));

    /** Where a model is on its way. */
    sealed interface State {
        record Waiting() implements State {}

        record Loading() implements State {}

        record Ready(OnnxModel model) implements State {}

        record Failed(Instant at) implements State {}
    }

    private final Map<Script, State> states = new EnumMap<>(Script.class);
    private final Executor loader;
    private final Clock clock;

    InProcessModels(Executor loader, Clock clock) {
        this.loader = loader;
        this.clock = clock;
        for (Script script : Script.values()) states.put(script, new State.Waiting());
    }

    static Embedder.Model of(Script script) {
        return known(script).model();
    }

    /**
     * @throws IllegalArgumentException when it is none of these
     */
    static Script scriptOf(Embedder.Model model) {
        for (Map.Entry<Script, Known> each : KNOWN.entrySet())
            if (each.getValue().model().equals(model)) return each.getKey();
        throw new IllegalArgumentException("no model of this process: " + model.name());
    }

    /** The mean of the model's vectors of the sentences in the quality set, which lies beside this class. */
    static float[] mean(Script script) {
        Embedder.Model model = of(script);
        String file = model.name() + ".mean";
        try (InputStream in = InProcessModels.class.getResourceAsStream(file)) {
            if (in == null) throw new IOException("not on the class path: " + file);
            float[] mean = new float[model.dimensions()];
            ByteBuffer.wrap(in.readAllBytes()).asFloatBuffer().get(mean);
            return mean;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Known known(Script script) {
        Known known = KNOWN.get(script);
        if (known == null) throw new IllegalStateException("no model for " + script);
        return known;
    }

    /** Where it is; one that is not yet loaded begins to be. */
    synchronized State get(Script script) {
        State state = state(script);
        boolean begin = switch (state) {
            case State.Ready _, State.Loading _ -> false;
            case State.Waiting _ -> true;
            case State.Failed(Instant at) -> !clock.instant().isBefore(at.plus(AGAIN));
        };
        return begin ? begin(script, state) : state;
    }

    private State begin(Script script, State before) {
        State loading = new State.Loading();
        states.put(script, loading);
        try {
            loader.execute(() -> load(script));
        } catch (RejectedExecutionException _) {
            // its queue is full: whoever asks next begins again
            states.put(script, before);
        }
        return loading;
    }

    private void load(Script script) {
        Known known = known(script);
        long start = System.nanoTime();
        State state = new State.Failed(clock.instant());
        try {
            state = new State.Ready(OnnxModel.load(known.model(), known.resource()));
            LOG.infof(
                    "event=embedding.loaded model=%s millis=%d",
                    known.model().name(), (System.nanoTime() - start) / 1_000_000);
        } catch (IOException | OrtException | RuntimeException | LinkageError e) {
            LOG.errorf(
                    e,
                    "event=embedding.load outcome=failed model=%s",
                    known.model().name());
        } finally {
            put(script, state);
        }
    }

    private synchronized void put(Script script, State state) {
        states.put(script, state);
    }

    /** All of them, in one line. */
    synchronized String shown() {
        return KNOWN.entrySet().stream()
                .map(each -> each.getValue().model().name() + ": " + shown(state(each.getKey())))
                .collect(Collectors.joining(", "));
    }

    /** How many can be used now. */
    synchronized int ready() {
        return (int) states.values().stream()
                .filter(state -> state instanceof State.Ready)
                .count();
    }

    private static String shown(State state) {
        return switch (state) {
            case State.Waiting _ -> "not needed yet";
            case State.Loading _ -> "loading";
            case State.Ready _ -> "ready";
            case State.Failed _ -> "failed, see the log";
        };
    }

    private State state(Script script) {
        State state = states.get(script);
        if (state == null) throw new IllegalStateException("no model for " + script);
        return state;
    }
}
