package ai.chela.memory.dense;

/**
 * A question as bits, for products with signs: each place as a number from 0 to 15, one bit of all places beside the other. Where
 * signs against signs only count, this weighs each place by what the question has there.
 */
final class Planes {
    private static final int BITS = 4;
    private static final int LARGEST = (1 << BITS) - 1;

    private final long[] planes;
    private final int words;
    private final float lowest;
    private final float step;
    private final float sum;

    /** @param query without the mean of its model, as the signs are */
    Planes(float[] query) {
        words = Quantizer.words(query.length);
        planes = new long[BITS * words];
        float low = Float.MAX_VALUE;
        float high = -Float.MAX_VALUE;
        float all = 0;
        for (float place : query) {
            low = Math.min(low, place);
            high = Math.max(high, place);
            all += place;
        }
        lowest = low;
        step = Math.max((high - low) / LARGEST, Float.MIN_NORMAL);
        sum = all;
        for (int i = 0; i < query.length; i++) {
            int value = Math.clamp(Math.round((query[i] - low) / step), 0, LARGEST);
            for (int bit = 0; bit < BITS; bit++)
                if ((value >> bit & 1) != 0) planes[bit * words + i / Long.SIZE] |= 1L << i;
        }
    }

    /** What the lowest number stands for. */
    float lowest() {
        return lowest;
    }

    /** What one more stands for. */
    float step() {
        return step;
    }

    /** Of all places. */
    float sum() {
        return sum;
    }

    /**
     * Adds to each slot's sum the numbers of the places whose sign is set, of one word of signs. Written so that the compiler makes
     * it work on several slots at once: it is most of a search among a million.
     */
    void add(long[] signs, int from, int slots, int word, int[] sums) {
        long ones = planes[word];
        long twos = planes[words + word];
        long fours = planes[2 * words + word];
        long eights = planes[3 * words + word];
        for (int i = 0; i < slots; i++) {
            long bits = signs[from + i];
            sums[i] += Long.bitCount(bits & ones)
                    + (Long.bitCount(bits & twos) << 1)
                    + (Long.bitCount(bits & fours) << 2)
                    + (Long.bitCount(bits & eights) << 3);
        }
    }
}
