package ai.chela.memory.dense;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * A file of records of one length, each under a checksum of its own, behind a header that must be the expected one: else the
 * file is begun anew. A record of zeros is a free slot. Records are written through the channel, since a write to a mapping
 * kills the process when the disk is full, and read through mappings of what was allocated before. Nothing is forced to disk
 * but erasures: whoever keeps the records can make them again. One writer at a time; readers at any time.
 */
final class RecordFile implements AutoCloseable {
    enum State {
        FREE,
        WHOLE,
        BROKEN
    }

    /** The file grows by doubling up to this many slots, then by as many again. */
    private static final int SMALLEST_CHUNK = 256;

    private static final int LARGEST_CHUNK = 16_384;
    private static final int BLOCK = 1 << 20;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> chunks = new ArrayList<>();
    private final int payload;
    private final int length;
    private final long start;

    private RecordFile(FileChannel channel, int headerLength, int payload) {
        this.channel = channel;
        this.payload = payload;
        this.length = payload + Integer.BYTES;
        this.start = headerLength + Integer.BYTES;
    }

    /**
     * @param header what the records are; a file with another one is emptied
     * @param payload bytes of a record
     */
    static RecordFile open(Path path, byte[] header, int payload) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                ownerOnly(path));
        try {
            lock(channel, path);
            RecordFile file = new RecordFile(channel, header.length, payload);
            file.check(header);
            while (file.end(file.slots() + chunkAt(file.slots())) <= channel.size()) file.map();
            file.dropRest();
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The lock goes with the channel. */
    private static void lock(FileChannel channel, Path path) throws IOException {
        try {
            if (channel.tryLock() == null) throw new IOException("another process has " + path);
        } catch (OverlappingFileLockException e) {
            throw new IOException("this process has " + path + " already", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void check(byte[] header) throws IOException {
        ByteBuffer expected = ByteBuffer.allocate(header.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(header).putInt(checksum(header, header.length)).flip();
        ByteBuffer found = ByteBuffer.allocate(expected.limit());
        readFully(found, 0);
        found.flip();
        if (found.equals(expected)) return;
        channel.truncate(0);
        writeFully(expected, 0);
    }

    /** What is behind the last whole chunk was cut off while it was allocated, or by somebody; there is no telling. */
    private void dropRest() throws IOException {
        if (channel.size() > end(slots())) channel.truncate(end(slots()));
    }

    private static int chunkAt(int slots) {
        return Math.clamp(slots, SMALLEST_CHUNK, LARGEST_CHUNK);
    }

    private long end(int slots) {
        return start + (long) slots * length;
    }

    private void map() throws IOException {
        int first = slots();
        long size = (long) chunkAt(first) * length;
        chunks.add(channel.map(FileChannel.MapMode.READ_ONLY, end(first), size, arena));
    }

    /** How many slots there are, free ones included. */
    int slots() {
        int slots = 0;
        for (int i = 0; i < chunks.size(); i++) slots += chunkAt(slots);
        return slots;
    }

    /** Adds free slots. */
    void grow() throws IOException {
        long from = end(slots());
        long to = end(slots() + chunkAt(slots()));
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(BLOCK, to - from));
        for (long at = from; at < to; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            writeFully(zeros, at);
        }
        map();
    }

    /** Which chunk a slot is in; chunks are of 256, 256, 512, 1024 ... 16384, 16384 ... slots. */
    private static int chunkOf(int slot) {
        if (slot < SMALLEST_CHUNK) return 0;
        if (slot < LARGEST_CHUNK)
            return Integer.SIZE - Integer.numberOfLeadingZeros(slot) - Integer.numberOfTrailingZeros(SMALLEST_CHUNK);
        return Integer.numberOfTrailingZeros(LARGEST_CHUNK / SMALLEST_CHUNK) + slot / LARGEST_CHUNK;
    }

    private static int firstOf(int chunk) {
        int doubling = Integer.numberOfTrailingZeros(LARGEST_CHUNK / SMALLEST_CHUNK);
        if (chunk == 0) return 0;
        return chunk <= doubling ? SMALLEST_CHUNK << chunk - 1 : (chunk - doubling) * LARGEST_CHUNK;
    }

    /** Told of each record, in their order. */
    interface Visitor {
        /**
         * @param bytes holds the record from {@code at} on, until the next is told of
         */
        void record(int slot, State state, byte[] bytes, int at) throws IOException;
    }

    /** Some records, as they are in the file, and what their checksums say of them. */
    private record Block(byte[] bytes, State[] states) {}

    /**
     * Reads and checks all records, in large pieces and not through the mapping, so that they do not stay in memory. The next
     * piece is read and checked on another thread while the visitor is told of this one.
     */
    void scan(Visitor visitor) throws IOException {
        int atOnce = Math.max(1, BLOCK / length);
        int slots = slots();
        try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Block> next = reader.submit(() -> block(0, Math.min(atOnce, slots)));
            for (int first = 0; first < slots; first += atOnce) {
                Block block = of(next);
                int after = first + atOnce;
                if (after < slots) next = reader.submit(() -> block(after, Math.min(atOnce, slots - after)));
                for (int i = 0; i < block.states.length; i++)
                    visitor.record(first + i, block.states[i], block.bytes, i * length);
            }
        }
    }

    private static Block of(Future<Block> reading) throws IOException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new IOException("the records cannot be read: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while records were read");
        }
    }

    private Block block(int first, int count) throws IOException {
        byte[] bytes = new byte[count * length];
        ByteBuffer block = ByteBuffer.wrap(bytes);
        readFully(block, end(first));
        if (block.hasRemaining()) throw new IOException("cut off while it is open");
        State[] states = new State[count];
        CRC32C sum = new CRC32C();
        for (int i = 0; i < count; i++) states[i] = state(bytes, i * length, sum);
        return new Block(bytes, states);
    }

    private State state(byte[] bytes, int at, CRC32C sum) {
        sum.reset();
        sum.update(bytes, at, payload);
        int stored = ByteBuffer.wrap(bytes, at + payload, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (stored == (int) sum.getValue()) return State.WHOLE;
        if (stored != 0) return State.BROKEN;
        for (int i = at; i < at + payload; i++) if (bytes[i] != 0) return State.BROKEN;
        return State.FREE;
    }

    /** Reads a record not through the mapping and checks it: of a file that is read here and there, nothing stays in memory. */
    State fetch(int slot, byte[] into) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        readFully(record, end(slot));
        if (record.hasRemaining()) return State.BROKEN;
        record.get(0, into, 0, payload);
        int sum = record.getInt(payload);
        if (sum == checksum(into, payload)) return State.WHOLE;
        return sum == 0 && isZero(into) ? State.FREE : State.BROKEN;
    }

    /** Reads a part of a record that was found whole before: as much as fits, from a byte of it on. */
    void readUnchecked(int slot, int from, byte[] into) {
        int chunk = chunkOf(slot);
        long at = (long) (slot - firstOf(chunk)) * length + from;
        MemorySegment.copy(chunks.get(chunk), ValueLayout.JAVA_BYTE, at, into, 0, into.length);
    }

    /** As {@link #readUnchecked}, four bytes. */
    float floatUnchecked(int slot, int from) {
        int chunk = chunkOf(slot);
        return chunks.get(chunk).get(FLOAT, (long) (slot - firstOf(chunk)) * length + from);
    }

    private boolean isZero(byte[] bytes) {
        for (int i = 0; i < payload; i++) if (bytes[i] != 0) return false;
        return true;
    }

    void write(int slot, byte[] bytes) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        record.put(bytes, 0, payload).putInt(checksum(bytes, payload)).flip();
        writeFully(record, end(slot));
    }

    /** Overwrites a record; it is on disk when {@link #force} returns. */
    void erase(int slot) throws IOException {
        writeFully(ByteBuffer.allocate(length), end(slot));
    }

    void force() throws IOException {
        channel.force(false);
    }

    private void writeFully(ByteBuffer bytes, long at) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) to += channel.write(bytes, to);
    }

    private void readFully(ByteBuffer bytes, long at) throws IOException {
        for (long from = at; bytes.hasRemaining(); ) {
            int read = channel.read(bytes, from);
            if (read < 0) return;
            from += read;
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    @Override
    public void close() throws IOException {
        // again does nothing
        if (arena.scope().isAlive()) arena.close();
        channel.close();
    }

    @Override
    public String toString() {
        return "RecordFile" + Arrays.asList(slots(), length);
    }
}
