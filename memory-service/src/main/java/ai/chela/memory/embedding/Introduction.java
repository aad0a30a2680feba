package ai.chela.memory.embedding;

import ai.chela.memory.embedding.Embedder.Vector;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * What is learned of a model that was not known before, by having it read the same few sentences, half of them Chinese: how
 * many dimensions its vectors have, and what they have in common. The second, taken off, makes signs of vectors say
 * something; it must stay the same as long as vectors of the model are kept.
 *
 * @param mean of the vectors of all the sentences
 */
@RegisterForReflection // is kept as JSON
record Introduction(String model, int dimensions, float[] mean) {
    /** More than any model has. */
    static final int MOST_DIMENSIONS = 16_384;

    private static final List<String> SENTENCES = read();

    static List<String> sentences() {
        return SENTENCES;
    }

    private static List<String> read() {
        try (InputStream in =
                Objects.requireNonNull(Introduction.class.getResourceAsStream("samples.txt"), "samples.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param vectors of {@link #sentences()}
     */
    static Introduction of(String model, List<Vector> vectors) {
        float[] mean = new float[vectors.getFirst().values().length];
        for (Vector vector : vectors)
            for (int i = 0; i < mean.length; i++) mean[i] += vector.values()[i] / vectors.size();
        return new Introduction(model, mean.length, mean);
    }

    /** Whether this was written for a model of this name and has not been changed into nonsense since. */
    boolean holdsFor(String name) {
        return model != null
                && model.equals(name)
                && mean != null
                && dimensions > 0
                && dimensions <= MOST_DIMENSIONS
                && mean.length == dimensions;
    }
}
