package ai.chela.memory.embedding;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Turns texts into vectors. Never blocks who asks, and never throws: when there is no vector to be had now, it says why,
 * and recall does without. Thread-safe.
 */
public interface Embedder {
    /** At most so many texts at once. */
    int MOST_TEXTS = 64;

    /**
     * Which model made a vector; vectors of two models say nothing about each other.
     *
     * @param name unique, and another one when the model or the way of cutting texts changes: {@code bge-small-en-v15-q}
     * @param dimensions length of its vectors
     */
    record Model(String name, int dimensions) {}

    /**
     * @param values of length 1, so that the product of two is their cosine; not to be changed
     */
    record Vector(Model model, float[] values) {
        /** The cosine of the angle between two vectors of the same model, from -1 to 1. */
        public float cosine(Vector other) {
            if (!model.equals(other.model))
                throw new IllegalArgumentException("vectors of " + model.name() + " and " + other.model.name());
            float sum = 0;
            for (int i = 0; i < values.length; i++) sum += values[i] * other.values[i];
            return sum;
        }

        /** Scales these numbers themselves and returns them; a vector of nothing but zeros stays what it is. */
        static float[] ofLengthOne(float[] values) {
            double square = 0;
            for (float value : values) square += (double) value * value;
            float length = (float) Math.sqrt(Math.max(square, Float.MIN_NORMAL));
            for (int i = 0; i < values.length; i++) values[i] /= length;
            return values;
        }

        @Override
        public String toString() {
            return "Vector[" + model.name() + "]";
        }
    }

    /** What the vectors are for. */
    enum Purpose {
        /** Somebody waits: computed before anything else; long texts are cut early. */
        QUESTION,

        /** Nobody waits: computed when the machine has nothing better to do. */
        FACT
    }

    sealed interface Outcome {
        /**
         * @param vectors in the order of the texts
         */
        record Vectors(List<Vector> vectors) implements Outcome {}

        /** Not now; the same texts may be asked for again unless it is {@link Reason#OFF} or {@link Reason#REFUSED}. */
        record NotNow(Reason reason) implements Outcome {}
    }

    /** Why there is no vector. */
    enum Reason {
        /** The operator wants none. */
        OFF,
        /** The model is being loaded; asking has set that going. */
        LOADING,
        /** Too many are waiting. */
        BUSY,
        /** The model could not be loaded, run or reached; the log says why. It is tried again after a while. */
        FAILED,
        /** The model takes others, but not these texts, and will not take them later: not to be asked for again. */
        REFUSED
    }

    /** How long whoever asks for the vector of a question should wait at most; then words decide. */
    default Duration patience() {
        return Duration.ofMillis(150);
    }

    /**
     * The model that suits a text by its script; the same text always goes to the same. Null where there is none, or while
     * nothing is known of an endpoint's model yet.
     */
    @Nullable
    Model modelFor(String text);

    /**
     * Computes the vectors of some texts.
     *
     * @param model one that {@link #modelFor} has named
     * @param texts at most {@link #MOST_TEXTS}; each may be of any length and is cut to what the model reads
     */
    CompletionStage<Outcome> embed(Purpose purpose, Model model, List<String> texts);

    /** All that it may name. */
    List<Model> models();

    /** What vectors of this model have in common: about the mean of many. */
    float[] mean(Model model);

    /**
     * @throws IllegalArgumentException when there are more than {@link #MOST_TEXTS}
     */
    static void checkNumber(List<String> texts) {
        if (texts.size() > MOST_TEXTS) throw new IllegalArgumentException("texts: at most " + MOST_TEXTS);
    }

    /** For health and metrics, e.g. {@code bge-small-en-v15-q: ready}. */
    String state();
}
