package ai.chela.memory.dense;

import java.util.Arrays;

/**
 * In which slot an id is. Ids are 128 bits, which are spread evenly already, in open addressing: 40 bytes for each id where
 * a map of objects takes a hundred.
 */
final class SlotTable {
    private static final int NONE = -1;

    private long[] keys = new long[64];
    private int[] slots = filled(32);
    private int size;

    /** For about so many: it need not grow on the way there. */
    static SlotTable of(int expected) {
        SlotTable table = new SlotTable();
        int places = 32;
        while (expected * 4L > places * 3L) places *= 2;
        table.keys = new long[2 * places];
        table.slots = filled(places);
        return table;
    }

    int size() {
        return size;
    }

    /** The slot, or -1. */
    int get(long high, long low) {
        return slots[place(high, low)];
    }

    /** An id that is there already gets another slot. */
    void put(long high, long low, int slot) {
        if ((size + 1) * 4L > slots.length * 3L) grow();
        int at = place(high, low);
        if (slots[at] == NONE) size++;
        set(at, high, low, slot);
    }

    /** Closes the gap, so that what was pushed on is found again. */
    void remove(long high, long low) {
        int gap = place(high, low);
        if (slots[gap] == NONE) return;
        slots[gap] = NONE;
        size--;
        for (int next = after(gap); slots[next] != NONE; next = after(next)) {
            int wanted = home(keys[2 * next + 1]);
            boolean mayStay = gap <= next ? gap < wanted && wanted <= next : gap < wanted || wanted <= next;
            if (mayStay) continue;
            set(gap, keys[2 * next], keys[2 * next + 1], slots[next]);
            slots[next] = NONE;
            gap = next;
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new long[oldKeys.length * 2];
        slots = filled(oldSlots.length * 2);
        for (int i = 0; i < oldSlots.length; i++)
            if (oldSlots[i] != NONE) {
                long low = oldKeys[2 * i + 1];
                set(place(oldKeys[2 * i], low), oldKeys[2 * i], low, oldSlots[i]);
            }
    }

    private int place(long high, long low) {
        int at = home(low);
        while (slots[at] != NONE && (keys[2 * at] != high || keys[2 * at + 1] != low)) at = after(at);
        return at;
    }

    private int home(long low) {
        return (int) (low ^ low >>> 32) & slots.length - 1;
    }

    private int after(int at) {
        return at + 1 & slots.length - 1;
    }

    private void set(int at, long high, long low, int slot) {
        keys[2 * at] = high;
        keys[2 * at + 1] = low;
        slots[at] = slot;
    }

    private static int[] filled(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
