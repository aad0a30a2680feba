package ai.chela.memory.dense;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The signs of all vectors of an index, in memory. Not thread-safe by itself. */
final class Signs {
    private static final int PAGE = 4_096;

    private final int words;
    private final List<long[]> pages = new ArrayList<>();

    Signs(int words) {
        this.words = words;
    }

    void put(int slot, byte[] code) {
        while (pages.size() <= slot / PAGE) pages.add(new long[pages.isEmpty() ? 256 * words : PAGE * words]);
        int at = slot % PAGE * words;
        if (at >= pages.get(slot / PAGE).length)
            pages.set(slot / PAGE, java.util.Arrays.copyOf(pages.get(slot / PAGE), PAGE * words));
        Quantizer.signs(code, pages.get(slot / PAGE), at);
    }

    /** The slots with the most equal signs: at least {@code most}, as those at the limit are equally good; or all. */
    BitSet closest(long[] query, BitSet live, int most) {
        int end = live.length();
        short[] distances = new short[end];
        int[] counts = new int[words * Long.SIZE + 1];
        for (int page = 0; page * PAGE < end; page++)
            measure(pages.get(page), query, page * PAGE, Math.min(end, (page + 1) * PAGE), distances);
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) counts[distances[slot]]++;
        int limit = 0;
        for (int sum = counts[0]; sum < most && limit < counts.length - 1; ) sum += counts[++limit];
        BitSet closest = new BitSet(end);
        for (int slot = 0; slot < end; slot++) if (distances[slot] <= limit && live.get(slot)) closest.set(slot);
        return closest;
    }

    private void measure(long[] signs, long[] query, int from, int to, short[] distances) {
        int at = 0;
        for (int slot = from; slot < to; slot++) {
            int distance = 0;
            for (long word : query) distance += Long.bitCount(word ^ signs[at++]);
            distances[slot] = (short) distance;
        }
    }
}
