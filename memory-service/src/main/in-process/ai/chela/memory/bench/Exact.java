package ai.chela.memory.bench;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/** The right answers, by comparing every memory with every question while it goes by. */
final class Exact {
    private record Near(String id, float cosine) {}

    private final float[][] asked;
    private final PriorityQueue<Near>[] nearest;
    private final int limit;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of queues
    Exact(float[][] asked, int limit) {
        this.asked = asked;
        this.limit = limit;
        this.nearest = new PriorityQueue[asked.length];
        for (int i = 0; i < asked.length; i++)
            nearest[i] = new PriorityQueue<>(Comparator.comparingDouble(Near::cosine));
    }

    void offer(String id, float[] vector) {
        for (int i = 0; i < asked.length; i++) {
            float cosine = product(asked[i], vector);
            Near worst = nearest[i].size() < limit ? null : nearest[i].peek();
            if (worst != null && worst.cosine() >= cosine) continue;
            if (worst != null) nearest[i].poll();
            nearest[i].add(new Near(id, cosine));
        }
    }

    Set<String> of(int question) {
        Set<String> ids = new HashSet<>();
        for (Near near : nearest[question]) ids.add(near.id());
        return ids;
    }

    static float product(float[] one, float[] other) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i + 3 < one.length; i += 4) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
        }
        return a + b + c + d;
    }
}
