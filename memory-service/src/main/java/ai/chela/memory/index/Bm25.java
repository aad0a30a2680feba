package ai.chela.memory.index;

/** The formula by which words are weighed, the same in every index and where its candidates are scored. */
public final class Bm25 {
    /** How soon a word that is repeated says no more. */
    public static final double K1 = 1.2;

    /** Memories are single sentences mostly, so length says little: far below the 0.75 that suits documents. */
    public static final double B = 0.3;

    /** As if the scope held this many more facts: with few facts, how often a word occurs says nothing yet. */
    private static final double PRIOR = 40;

    private Bm25() {}

    /** Inverse document frequency: of a key that {@code having} of {@code facts} have. */
    public static double rarity(long facts, long having) {
        double all = facts + PRIOR;
        double some = having + PRIOR / 20;
        return Math.log(1 + (all - some + 0.5) / (some + 0.5));
    }

    /** What a key that occurs {@code count} times adds, as a share of its rarity. */
    public static double saturation(int count, int length, double averageLength) {
        return count * (K1 + 1) / (count + K1 * (1 - B + B * length / Math.max(1, averageLength)));
    }
}
