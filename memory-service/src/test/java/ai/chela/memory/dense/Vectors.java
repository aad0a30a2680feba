package ai.chela.memory.dense;

import ai.chela.memory.embedding.Embedder;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Small random vectors, and the right answer for them. */
final class Vectors {
    static final Embedder.Model MODEL = new Embedder.Model("small", 64);
    static final float[] MEAN = new float[64];

    private Vectors() {}

    static String id(int number) {
        return HexFormat.of().toHexDigits(number * 0x9E3779B97F4A7C15L)
                + HexFormat.of().toHexDigits((long) number);
    }

    static float[] random(Random random) {
        float[] vector = new float[MODEL.dimensions()];
        double square = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) vector[i] /= (float) Math.sqrt(square);
        return vector;
    }

    static List<Near> bruteForce(Map<String, float[]> all, float[] query, int limit) {
        Stream<Near> every =
                all.entrySet().stream().map(each -> new Near(each.getKey(), Quantizer.product(query, each.getValue())));
        return every.sorted(Comparator.comparingDouble((Near near) -> -near.cosine())
                        .thenComparing(Near::id))
                .limit(limit)
                .toList();
    }
}
