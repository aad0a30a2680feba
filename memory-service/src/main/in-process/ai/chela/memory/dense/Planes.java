package ai.chela.memory.dense;

/**
 * A question as bits, for products with signs: each place as one of sixteen odd numbers from -15 to 15, which is a sum of 8, 4, 2
 * and 1, each added or taken away; a bit says which. So a product with signs, too, is made of the places where bits differ. Where
 * signs against signs only count, this weighs each place by what the question has there.
 */
final class Planes {
    private static final int BITS = 4;
    private static final int LARGEST = (1 << BITS) - 1;

    private final long[] planes;
    private final int words;
    private final int places;
    private final float unit;

    /** @param query without the mean of its model, as the signs are */
    Planes(float[] query) {
        words = Quantizer.words(query.length);
        places = query.length;
        planes = new long[BITS * words];
        float largest = Float.MIN_NORMAL;
        for (float place : query) largest = Math.max(largest, Math.abs(place));
        unit = largest / LARGEST;
        for (int i = 0; i < places; i++) {
            int value = Math.clamp(Math.round((query[i] / unit + LARGEST) / 2), 0, LARGEST);
            for (int bit = 0; bit < BITS; bit++)
                if ((value >> bit & 1) != 0) planes[bit * words + i / Long.SIZE] |= 1L << i;
        }
    }

    /** What one stands for in a product. */
    float unit() {
        return unit;
    }

    /** The largest product that there could be: with signs that all agree. */
    float largest() {
        return unit * LARGEST * places;
    }

    /**
     * Adds to the sum of each slot what a word of its signs takes away from half of the {@link #largest} product, in {@link #unit}s. Written so that the compiler makes it work
     * on several slots at once: it is most of a search among a million.
     */
    void add(long[] signs, int from, int slots, int word, int[] sums) {
        long ones = planes[word];
        long twos = planes[words + word];
        long fours = planes[2 * words + word];
        long eights = planes[3 * words + word];
        for (int i = 0; i < slots; i++) {
            long bits = signs[from + i];
            sums[i] -= Long.bitCount(bits ^ ones)
                    + (Long.bitCount(bits ^ twos) << 1)
                    + (Long.bitCount(bits ^ fours) << 2)
                    + (Long.bitCount(bits ^ eights) << 3);
        }
    }
}
