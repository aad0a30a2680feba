package ai.chela.memory.index;

import ai.chela.memory.fact.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far each scope of a tenant is on disk. A log: a later line of a scope replaces an earlier one, and a line that is cut off or
 * damaged is passed over, which makes a scope a little older than it is, never newer. Not thread-safe.
 */
final class ReachedFile {
    private static final String VERSION = "chela-index 1";

    /** The log is written anew when it has this many times the lines that count, and some more. */
    private static final int WASTE = 3;

    private static final int SPARE = 200;

    private final Path file;
    private final Map<Scope, Long> numbers;
    private int lines;

    private ReachedFile(Path file, Map<Scope, Long> numbers) {
        this.file = file;
        this.numbers = numbers;
    }

    /**
     * @param fresh whether the index beside it is a new one: then nothing is reached
     * @throws IOException also when it is of another version, or not there
     */
    static ReachedFile open(Path file, boolean fresh) throws IOException {
        Map<Scope, Long> numbers = new HashMap<>();
        if (!fresh) {
            String[] read = Files.readString(file).split("\n", -1);
            if (!read[0].equals(VERSION)) throw new IOException("of another version: " + file);
            for (int i = 1; i < read.length; i++) read(read[i], numbers);
        }
        ReachedFile reached = new ReachedFile(file, numbers);
        reached.anew();
        return reached;
    }

    private static void read(String line, Map<Scope, Long> into) {
        String[] parts = line.split(" ");
        if (parts.length != 3 || !checksum(parts[0] + " " + parts[1]).equals(parts[2])) return;
        Scope scope = Scope.of(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
        long number = Long.parseLong(parts[1]);
        // zero is what is written of a scope that was dropped
        if (number == 0) into.remove(scope);
        else into.put(scope, number);
    }

    /** On disk. */
    Map<Scope, Long> numbers() {
        return Map.copyOf(numbers);
    }

    /** On disk when this returns; a scope that is missing was dropped. */
    void write(Map<Scope, Long> now) throws IOException {
        StringBuilder changed = new StringBuilder();
        int count = 0;
        for (Map.Entry<Scope, Long> each : now.entrySet())
            if (!each.getValue().equals(numbers.get(each.getKey()))) {
                changed.append(line(each.getKey(), each.getValue()));
                count++;
            }
        for (Scope scope : numbers.keySet())
            if (!now.containsKey(scope)) {
                changed.append(line(scope, 0L));
                count++;
            }
        numbers.clear();
        numbers.putAll(now);
        lines += count;
        if (lines > WASTE * numbers.size() + SPARE) anew();
        else if (count > 0) write(file, changed.toString(), StandardOpenOption.APPEND);
    }

    private void anew() throws IOException {
        StringBuilder all = new StringBuilder(VERSION).append('\n');
        numbers.forEach((scope, number) -> all.append(line(scope, number)));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        write(next, all.toString(), StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lines = numbers.size();
    }

    private static void write(Path file, String text, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(false);
        }
    }

    private static String line(Scope scope, @Nullable Long number) {
        String text =
                Base64.getUrlEncoder().encodeToString(scope.stored().getBytes(StandardCharsets.UTF_8)) + " " + number;
        return text + " " + checksum(text) + "\n";
    }

    private static String checksum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
