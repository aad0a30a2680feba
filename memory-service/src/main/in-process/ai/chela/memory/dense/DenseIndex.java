package ai.chela.memory.dense;

import ai.chela.memory.dense.RecordFile.State;
import ai.chela.memory.embedding.Embedder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one scope by one model, in two files: codes (id, a byte for each place), which are scanned, and the vectors
 * themselves, of which only the best few are read. A search goes through the signs of all (in memory), then the codes of
 * those with the most equal signs, then the vectors of the best of these.
 *
 * <p>What a crash or a disk leaves behind is told by the checksum of each record: a broken one is erased when it is found and
 * is then simply not there, so that whoever keeps the texts adds it again. What was removed is overwritten, and is on disk
 * when {@link #remove} returns. Thread-safe.
 */
public final class DenseIndex implements AutoCloseable {
    /** Up to this many vectors, the signs are not asked: the codes of all are read. */
    private static final int FEW = 1_000;

    /** The signs choose this many, or this share where there are more. */
    private static final int BY_SIGNS = 1_000;

    private static final int SHARE = 500;

    private static final int ID_BYTES = 16;

    private final Quantizer quantizer;
    private final int dimensions;
    private final int words;
    private final RecordFile codes;
    private final RecordFile vectors;
    private final SlotTable table;
    private final BitSet live = new BitSet();
    private final Signs signs;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private int repaired;
    private boolean closed;

    private DenseIndex(Embedder.Model model, float[] mean, RecordFile codes, RecordFile vectors) {
        this.quantizer = new Quantizer(mean);
        this.dimensions = model.dimensions();
        this.words = Quantizer.words(dimensions);
        this.codes = codes;
        this.vectors = vectors;
        this.table = SlotTable.of(codes.slots());
        this.signs = new Signs(words);
    }

    /**
     * Opens the files in a folder, which is there; makes them where there are none, and empties those of another model.
     *
     * @param mean of vectors of this model, by experience
     */
    public static DenseIndex open(Path folder, Embedder.Model model, float[] mean) throws IOException {
        byte[] header = header(model, mean);
        RecordFile codes =
                RecordFile.open(folder.resolve("codes"), header, ID_BYTES + Float.BYTES + model.dimensions());
        RecordFile vectors = null;
        try {
            vectors = RecordFile.open(folder.resolve("vectors"), header, Float.BYTES * model.dimensions());
            DenseIndex index = new DenseIndex(model, mean, codes, vectors);
            index.load();
            return index;
        } catch (IOException | RuntimeException e) {
            codes.close();
            if (vectors != null) vectors.close();
            throw e;
        }
    }

    private static byte[] header(Embedder.Model model, float[] mean) {
        byte[] name = model.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer header = ByteBuffer.allocate(16 + name.length + Float.BYTES * mean.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        header.put("CHELAVEC".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(model.dimensions());
        header.put(name);
        for (float value : mean) header.putFloat(value);
        return header.array();
    }

    private void load() throws IOException {
        while (vectors.slots() < codes.slots()) vectors.grow();
        while (codes.slots() < vectors.slots()) codes.grow();
        byte[] vector = new byte[Float.BYTES * dimensions];
        List<Integer> broken = new ArrayList<>();
        codes.scan((slot, state, bytes, at) -> {
            if (state == State.WHOLE && entered(slot, bytes, at)) return;
            if (state != State.FREE || vectors.fetch(slot, vector) != State.FREE) broken.add(slot);
        });
        for (int slot : broken) erase(slot);
        repaired += broken.size();
        if (repaired > 0) force();
    }

    /** False when the id is there already. */
    private boolean entered(int slot, byte[] bytes, int at) {
        ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        long high = record.getLong(at);
        long low = record.getLong(at + Long.BYTES);
        if (table.get(high, low) >= 0) return false;
        float scale = record.order(ByteOrder.LITTLE_ENDIAN).getFloat(at + ID_BYTES);
        signs.put(slot, bytes, at + ID_BYTES + Float.BYTES, dimensions, scale);
        table.put(high, low, slot);
        live.set(slot);
        return true;
    }

    /**
     * Adds a vector; one that is there already stays.
     *
     * @param id 32 hex digits
     * @throws IOException when it could not be written; then it is not there
     */
    public void add(String id, float[] vector) throws IOException {
        if (vector.length != dimensions) throw new IllegalArgumentException("dimensions: " + vector.length);
        lock.writeLock().lock();
        try {
            checkOpen();
            ByteBuffer key = key(id);
            if (table.get(key.getLong(0), key.getLong(8)) >= 0) return;
            int slot = live.nextClearBit(0);
            if (slot >= vectors.slots()) vectors.grow();
            if (slot >= codes.slots()) codes.grow();
            Quantizer.Code code = quantizer.code(vector);
            byte[] record = ByteBuffer.allocate(ID_BYTES + Float.BYTES + dimensions)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(key)
                    .putFloat(code.scale())
                    .put(code.bytes())
                    .array();
            vectors.write(slot, bytes(vector));
            codes.write(slot, record);
            entered(slot, record, 0);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Overwrites these, on disk when this returns. Those that are not there are passed over. */
    public void remove(List<String> ids) throws IOException {
        lock.writeLock().lock();
        try {
            checkOpen();
            boolean any = false;
            for (String id : ids) {
                ByteBuffer key = key(id);
                int slot = table.get(key.getLong(0), key.getLong(8));
                if (slot < 0) continue;
                table.remove(key.getLong(0), key.getLong(8));
                live.clear(slot);
                erase(slot);
                any = true;
            }
            if (any) force();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void checkOpen() throws IOException {
        if (closed) throw new IOException("closed");
    }

    private void erase(int slot) throws IOException {
        codes.erase(slot);
        vectors.erase(slot);
    }

    private void force() throws IOException {
        codes.force();
        vectors.force();
    }

    public boolean contains(String id) {
        return slot(id) >= 0;
    }

    /** How many vectors there are. */
    public int size() {
        lock.readLock().lock();
        try {
            return table.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** How many broken or half written records were found and erased since it was opened. */
    public int repaired() {
        return repaired;
    }

    private int slot(String id) {
        ByteBuffer key = key(id);
        lock.readLock().lock();
        try {
            return table.get(key.getLong(0), key.getLong(8));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** All ids, in no order. */
    public List<String> ids() {
        lock.readLock().lock();
        try {
            List<String> ids = new ArrayList<>(table.size());
            for (int slot = closed ? -1 : live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1))
                ids.add(id(slot));
            return ids;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The nearest by cosine, best first. */
    public List<Near> search(float[] query, int limit) throws IOException {
        return search(query, limit, new Width(Math.max(BY_SIGNS, size() / SHARE), Math.max(64, 4 * limit)));
    }

    /**
     * How many go on from each stage to the next.
     *
     * @param bySigns of all, about so many
     * @param byCodes of these, by the product with the codes; of them the vectors are read
     */
    record Width(int bySigns, int byCodes) {}

    List<Near> search(float[] query, int limit, Width width) throws IOException {
        List<String> broken = new ArrayList<>();
        List<Near> nearest = new ArrayList<>();
        lock.readLock().lock();
        try {
            checkOpen();
            Nearest best =
                    byCodes(Quantizer.question(query).bytes(), candidates(query, width.bySigns()), width.byCodes());
            for (int i = 0; i < best.size(); i++) {
                String id = id(best.slot(i));
                float[] vector = vector(best.slot(i));
                if (vector == null) broken.add(id);
                else nearest.add(new Near(id, Quantizer.product(query, vector)));
            }
        } finally {
            lock.readLock().unlock();
        }
        if (!broken.isEmpty()) drop(broken);
        nearest.sort(Comparator.comparingDouble((Near near) -> -near.cosine()).thenComparing(Near::id));
        return List.copyOf(nearest.subList(0, Math.min(limit, nearest.size())));
    }

    /** Their vectors are damaged: without them they are not there, and are added again by whoever keeps the texts. */
    private void drop(List<String> broken) throws IOException {
        lock.writeLock().lock();
        try {
            repaired += broken.size();
        } finally {
            lock.writeLock().unlock();
        }
        remove(broken);
    }

    private int[] candidates(float[] query, int bySigns) {
        if (table.size() <= Math.max(FEW, bySigns)) return live.stream().toArray();
        return signs.nearest(new Planes(quantizer.rest(query)), live, bySigns);
    }

    private Nearest byCodes(byte[] query, int[] candidates, int most) {
        Nearest best = new Nearest(most);
        byte[] code = new byte[dimensions];
        for (int slot : candidates) {
            codes.readUnchecked(slot, ID_BYTES + Float.BYTES, code);
            best.offer(slot, Quantizer.product(query, code) * codes.floatUnchecked(slot, ID_BYTES));
        }
        return best;
    }

    /**
     * The cosine of a stored vector and another.
     *
     * @return {@code NaN} when there is none of that id
     */
    public float cosine(String id, float[] query) throws IOException {
        ByteBuffer key = key(id);
        lock.readLock().lock();
        try {
            int slot = closed ? -1 : table.get(key.getLong(0), key.getLong(8));
            float[] vector = slot < 0 ? null : vector(slot);
            return vector == null ? Float.NaN : Quantizer.product(query, vector);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** A stored vector; null when there is none of that id. */
    public float @Nullable [] vector(String id) throws IOException {
        ByteBuffer key = key(id);
        lock.readLock().lock();
        try {
            int slot = closed ? -1 : table.get(key.getLong(0), key.getLong(8));
            return slot < 0 ? null : vector(slot);
        } finally {
            lock.readLock().unlock();
        }
    }

    private String id(int slot) {
        byte[] id = new byte[ID_BYTES];
        codes.readUnchecked(slot, 0, id);
        return HexFormat.of().formatHex(id);
    }

    private float @Nullable [] vector(int slot) throws IOException {
        byte[] bytes = new byte[Float.BYTES * dimensions];
        if (vectors.fetch(slot, bytes) != State.WHOLE) return null;
        float[] vector = new float[dimensions];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    private static ByteBuffer key(String id) {
        if (id.length() != 2 * ID_BYTES) throw new IllegalArgumentException("id: 32 hex digits");
        return ByteBuffer.wrap(HexFormat.of().parseHex(id));
    }

    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            closed = true;
            codes.close();
            vectors.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Closes it and deletes its files. */
    public void drop(Path folder) throws IOException {
        close();
        Files.deleteIfExists(folder.resolve("codes"));
        Files.deleteIfExists(folder.resolve("vectors"));
    }
}
