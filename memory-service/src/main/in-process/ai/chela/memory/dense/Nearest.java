package ai.chela.memory.dense;

/** Keeps the best few of many slots by their score. */
final class Nearest {
    private final int[] slots;
    private final float[] scores;
    private int size;

    Nearest(int most) {
        slots = new int[most];
        scores = new float[most];
    }

    int size() {
        return size;
    }

    int slot(int at) {
        return slots[at];
    }

    /** The score of the worst that is kept; lower than any while there is room. */
    float worst() {
        return size < slots.length ? Float.NEGATIVE_INFINITY : scores[0];
    }

    /** A heap with the worst on top. */
    void offer(int slot, float score) {
        if (size < slots.length) {
            int at = size++;
            for (int up = (at - 1) / 2; at > 0 && scores[up] > score; up = (at - 1) / 2) {
                move(up, at);
                at = up;
            }
            set(at, slot, score);
        } else if (size > 0 && score > scores[0]) sink(slot, score);
    }

    private void sink(int slot, float score) {
        int at = 0;
        for (int down = 1; down < size; down = 2 * at + 1) {
            if (down + 1 < size && scores[down + 1] < scores[down]) down++;
            if (scores[down] >= score) break;
            move(down, at);
            at = down;
        }
        set(at, slot, score);
    }

    private void move(int from, int to) {
        set(to, slots[from], scores[from]);
    }

    private void set(int at, int slot, float score) {
        slots[at] = slot;
        scores[at] = score;
    }
}
