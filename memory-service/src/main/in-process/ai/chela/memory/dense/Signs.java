package ai.chela.memory.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The signs of all vectors of an index, in memory: a bit for each place, and beside them how long the vectors are. The first words of
 * many slots stand together, then their second words, and so on, so that a processor takes several slots at once. Not thread-safe
 * by itself.
 */
final class Signs {
    private static final int PAGE = 4_096;

    /** Slots of the first page while there are no more: most scopes have few memories. */
    private static final int SMALLEST = 256;

    /** Of each page at least so many slots tell how good a slot must be to be among the best. */
    private static final int SAMPLE = PAGE / 32;

    /** And at least so many of all. */
    private static final int SMALLEST_SAMPLE = 2_048;

    /**
     * @param signs word by word, of all slots each
     * @param worth what a sign stands for in the vector of a slot
     * @param half of the square of the vector's length
     */
    private record Page(long[] signs, float[] worth, float[] half) {
        static Page of(int slots, int words) {
            return new Page(new long[slots * words], new float[slots], new float[slots]);
        }

        int slots() {
            return worth.length;
        }

        /** With room for more. */
        Page grown(int words) {
            long[] more = new long[PAGE * words];
            for (int word = 0; word < words; word++)
                System.arraycopy(signs, word * slots(), more, word * PAGE, slots());
            return new Page(more, Arrays.copyOf(worth, PAGE), Arrays.copyOf(half, PAGE));
        }
    }

    private final int words;
    private final List<Page> pages = new ArrayList<>();

    Signs(int words) {
        this.words = words;
    }

    /** Of a code that begins somewhere in an array. */
    void put(int slot, byte[] bytes, int from, int dimensions, float scale) {
        Page page = page(slot);
        int at = slot % PAGE;
        long[] bits = new long[words];
        Quantizer.signs(bytes, from, dimensions, bits, 0);
        for (int word = 0; word < words; word++) page.signs[word * page.slots() + at] = bits[word];
        int square = 0;
        int sum = 0;
        for (int i = from; i < from + dimensions; i++) {
            square += bytes[i] * bytes[i];
            sum += Math.abs(bytes[i]);
        }
        page.worth[at] = sum == 0 ? 0 : scale * square / sum;
        page.half[at] = scale * scale * square / 2;
    }

    private Page page(int slot) {
        int number = slot / PAGE;
        while (pages.size() <= number) pages.add(Page.of(pages.isEmpty() ? SMALLEST : PAGE, words));
        if (slot % PAGE >= pages.get(number).slots())
            pages.set(number, pages.get(number).grown(words));
        return pages.get(number);
    }

    /**
     * The slots that are nearest to a question as far as signs tell, in their order: about {@code most} of them, for how good one
     * must be is told by a sample.
     */
    int[] nearest(Planes query, BitSet live, int most) {
        int end = live.length();
        float least = least(query, live, end, most);
        int[] nearest = new int[most + most / 4 + 16];
        int size = 0;
        Estimates estimates = new Estimates(PAGE);
        for (int number = 0; number * PAGE < end; number++) {
            int first = number * PAGE;
            int slots = Math.min(PAGE, end - first);
            estimate(pages.get(number), query, slots, estimates);
            if (nearest.length < size + slots) nearest = Arrays.copyOf(nearest, nearest.length + most + slots);
            for (int i = 0; i < slots; i++)
                if (estimates.values[i] >= least && live.get(first + i)) nearest[size++] = first + i;
        }
        return Arrays.copyOf(nearest, size);
    }

    private float least(Planes query, BitSet live, int end, int most) {
        int ofPage = (int) Math.min(PAGE, Math.max(SAMPLE, (long) PAGE * SMALLEST_SAMPLE / Math.max(1, end)));
        int sampled = 0;
        for (int first = 0; first < end; first += PAGE) sampled += Math.min(ofPage, end - first);
        Nearest best = new Nearest(Math.max(1, (int) ((long) most * sampled / Math.max(1, live.cardinality()))));
        Estimates estimates = new Estimates(ofPage);
        for (int number = 0; number * PAGE < end; number++) {
            int slots = Math.min(ofPage, end - number * PAGE);
            estimate(pages.get(number), query, slots, estimates);
            for (int i = 0; i < slots; i++)
                if (live.get(number * PAGE + i)) best.offer(number * PAGE + i, estimates.values[i]);
        }
        return best.worst();
    }

    private static final class Estimates {
        private final int[] sums;
        private final float[] values;

        Estimates(int slots) {
            sums = new int[slots];
            values = new float[slots];
        }
    }

    /**
     * The nearness of the first slots of a page: the product of the question's places with the signs, each as much as a sign of that
     * vector is worth, less half the square of the vector's length.
     */
    private void estimate(Page page, Planes query, int slots, Estimates into) {
        Arrays.fill(into.sums, 0, slots, 0);
        for (int word = 0; word < words; word++) query.add(page.signs, word * page.slots(), slots, word, into.sums);
        float unit = 2 * query.unit();
        float largest = query.largest();
        int[] sums = into.sums;
        float[] values = into.values;
        float[] worth = page.worth;
        float[] half = page.half;
        for (int i = 0; i < slots; i++) values[i] = worth[i] * (unit * sums[i] + largest) - half[i];
    }
}
