package ai.chela.memory.bench;

import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.embedding.Embedder.Outcome;
import ai.chela.memory.embedding.Embedder.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Memories that resemble real ones: vectors are mixtures of what the English model says of some hundred sentences, since random
 * vectors are much easier to find, and their words are taken from these sentences, as often as they occur there.
 */
final class Likeness {
    private static final long LOAD_NANOS = 120_000_000_000L;

    private final Embedder.Model model;
    private final List<float[]> told = new ArrayList<>();
    private final List<float[]> asked = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    Likeness(Embedder embedder) throws IOException {
        model = Objects.requireNonNull(embedder.modelFor("a sentence in English"));
        List<String> sentences = sentences();
        for (String sentence : sentences) {
            boolean question = sentence.startsWith("? ");
            String text = question ? sentence.substring(2) : sentence;
            (question ? asked : told).add(vector(embedder, text));
            if (!question)
                for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9-]+"))
                    if (word.length() > 2) words.add(word);
        }
    }

    private static List<String> sentences() throws IOException {
        try (InputStream in = Objects.requireNonNull(Likeness.class.getResourceAsStream("sentences.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private float[] vector(Embedder embedder, String text) throws IOException {
        for (long end = System.nanoTime() + LOAD_NANOS; System.nanoTime() < end; LockSupport.parkNanos(5_000_000)) {
            Outcome outcome = embedder.embed(Purpose.FACT, model, List.of(text))
                    .toCompletableFuture()
                    .join();
            switch (outcome) {
                case Outcome.Vectors(List<Embedder.Vector> vectors) -> {
                    return vectors.getFirst().values();
                }
                case Outcome.NotNow(Embedder.Reason reason) when reason == Embedder.Reason.LOADING -> {}
                case Outcome.NotNow(Embedder.Reason reason) -> throw new IOException("no vectors: " + reason);
            }
        }
        throw new IOException("the model was not loaded in time");
    }

    Embedder.Model model() {
        return model;
    }

    float[] memory(Random random) {
        return mixed(told, random);
    }

    float[] question(Random random) {
        return mixed(asked, random);
    }

    /** Eight words and a name that no other has. */
    Map<String, Integer> terms(Random random, int number) {
        Map<String, Integer> terms = new HashMap<>();
        for (int i = 0; i < 8; i++) terms.merge(word(random), 1, Integer::sum);
        terms.put("item-" + number, 1);
        return terms;
    }

    String word(Random random) {
        return words.get(random.nextInt(words.size()));
    }

    /** Two to four of them in random shares, and a little noise. */
    private static float[] mixed(List<float[]> from, Random random) {
        float[] mixture = new float[from.getFirst().length];
        for (int part = 2 + random.nextInt(3); part > 0; part--) {
            float[] one = from.get(random.nextInt(from.size()));
            float share = random.nextFloat();
            for (int i = 0; i < mixture.length; i++) mixture[i] += share * one[i];
        }
        double square = 0;
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] += 0.008f * (float) random.nextGaussian();
            square += mixture[i] * mixture[i];
        }
        for (int i = 0; i < mixture.length; i++) mixture[i] /= (float) Math.sqrt(square);
        return mixture;
    }
}
