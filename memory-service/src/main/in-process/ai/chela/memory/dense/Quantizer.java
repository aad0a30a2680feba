package ai.chela.memory.dense;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Makes short codes of vectors. What all vectors of a model have in common (their mean) is taken away first: without it the
 * signs of many places would be the same in every vector and say nothing.
 */
final class Quantizer {
    private static final int LARGEST = 127;

    private final float[] mean;

    Quantizer(float[] mean) {
        this.mean = mean;
    }

    /**
     * @param bytes each place as a share of the largest
     * @param scale what a step of {@code bytes} is worth
     */
    record Code(byte[] bytes, float scale) {}

    /** The code of a vector that is stored, or whose signs are wanted. */
    Code code(float[] vector) {
        return shares(rest(vector));
    }

    /** A vector without the mean. */
    float[] rest(float[] vector) {
        float[] rest = new float[vector.length];
        for (int i = 0; i < rest.length; i++) rest[i] = vector[i] - mean[i];
        return rest;
    }

    /**
     * The code of a question, for products with stored ones: with its mean. What such a product lacks is the question's
     * product with the mean, which is the same for all that is stored; the other way round it would differ.
     */
    static Code question(float[] vector) {
        return shares(vector);
    }

    private static Code shares(float[] rest) {
        float largest = Float.MIN_NORMAL;
        for (float place : rest) largest = Math.max(largest, Math.abs(place));
        float scale = largest / LARGEST;
        byte[] bytes = new byte[rest.length];
        for (int i = 0; i < rest.length; i++) bytes[i] = (byte) Math.round(rest[i] / scale);
        return new Code(bytes, scale);
    }

    /** How many longs the signs of a vector take. */
    static int words(int dimensions) {
        return (dimensions + Long.SIZE - 1) / Long.SIZE;
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SIGN_BITS = 0x8080808080808080L;

    /** Writes a bit for each place of a code that is not below the mean, eight places at a time. */
    static void signs(byte[] code, int from, int dimensions, long[] into, int at) {
        for (int word = 0; word < words(dimensions); word++) {
            long bits = 0;
            int end = Math.min(dimensions, (word + 1) * Long.SIZE);
            int i = word * Long.SIZE;
            for (; i + 8 <= end; i += 8) bits |= Long.compress(~(long) LONGS.get(code, from + i), SIGN_BITS) << i;
            for (; i < end; i++) if (code[from + i] >= 0) bits |= 1L << i;
            into[at + word] = bits;
        }
    }

    /** The product of two codes; so plain a loop the compiler makes work on many places at once. */
    static int product(byte[] one, byte[] other) {
        int sum = 0;
        for (int i = 0; i < one.length; i++) sum += one[i] * other[i];
        return sum;
    }

    static float product(float[] one, float[] other) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < one.length; i += 4) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
        }
        for (; i < one.length; i++) a += one[i] * other[i];
        return a + b + c + d;
    }
}
