package ai.chela.memory.backup;

import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.WireJson;
import ai.chela.memory.operator.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a backup: those of the data in one folder, those of the keys in another, which may be anywhere.
 *
 * @param data one file of lines and one manifest a run
 * @param keys what makes the data readable, together with the master key
 */
record BackupSet(Path data, Path keys) {
    private static final Pattern MANIFEST = Pattern.compile("(\\d{6})\\.manifest\\.json");
    /** The run whose keys they are, and the attempt that wrote them. */
    private static final Pattern KEY_FILE = Pattern.compile("\\d{6}\\.(\\d{6})\\.(?:keys|head)\\.gz");

    private static final String INDEX = "keys.json";
    private static final long LONGEST = 1 << 20;

    /** Makes the folders that are missing; their owner alone may enter them. */
    void make() throws IOException {
        for (Path folder : List.of(data, keys))
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /**
     * Keeps a second run out for as long as it is open.
     *
     * @throws Refusal when another run is at work
     */
    FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock != null) return channel;
        channel.close();
        throw new Refusal("Another backup into %s is running.", "另一个备份正在写入 %s。", data);
    }

    Path lines(int number) {
        return data.resolve(name(number) + ".lines.gz");
    }

    /**
     * A number that no file of keys has yet: what an interrupted run wrote may be in use, so nothing is written over it.
     */
    int attempt() throws IOException {
        int last = 0;
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.toList()) {
                Matcher found = KEY_FILE.matcher(String.valueOf(file.getFileName()));
                if (found.matches()) last = Math.max(last, Integer.parseInt(found.group(1)));
            }
        }
        return last + 1;
    }

    /** Where that attempt writes the keys of a run. */
    Path newKeys(int run, int attempt) {
        return keys.resolve(name(run) + "." + name(attempt) + ".keys.gz");
    }

    /** Where that attempt writes the keys of tenants and scopes. */
    Path newHead(int run, int attempt) {
        return keys.resolve(name(run) + "." + name(attempt) + ".head.gz");
    }

    Path key(KeyFiles.Part part) {
        return keys.resolve(part.file());
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }

    /**
     * All finished runs, in order. Files of a run without a manifest are those of one that was interrupted.
     *
     * @throws Refusal naming the first one that is missing, changed or of another set
     */
    List<Manifest> manifests() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.list(data)) {
            files.map(file -> MANIFEST.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .forEach(found -> numbers.add(Integer.parseInt(found.group(1))));
        }
        numbers.sort(null);
        List<Manifest> manifests = new ArrayList<>();
        String before = null;
        for (int number : numbers) {
            if (number != manifests.size() + 1) throw missing(manifests.size() + 1);
            byte[] content = content(manifest(number));
            Manifest manifest = read(content, Manifest.class, manifest(number));
            check(manifest, number, before, manifests);
            manifests.add(manifest);
            before = Hashes.of(content);
        }
        return manifests;
    }

    private void check(Manifest manifest, int number, @Nullable String before, List<Manifest> earlier) {
        if (manifest.format() != Manifest.FORMAT) throw format(manifest.format());
        boolean sameSet = earlier.isEmpty() || earlier.getFirst().set().equals(manifest.set());
        if (manifest.number() != number || !sameSet || !Objects.equals(manifest.previous(), before))
            throw new Refusal(
                    "%s does not follow the one before it: the set was changed or put in another order.",
                    "%s 与前一个不衔接：该备份集被更改或顺序被打乱。", manifest(number));
    }

    private Refusal missing(int number) {
        return new Refusal("Run %d of the backup in %s is missing.", "%2$s 中的备份缺少第 %1$d 次。", number, data);
    }

    private static Refusal format(int format) {
        return new Refusal(
                "This backup has format %d, made by a newer Chela; this one reads format %d.",
                "该备份为格式 %d，由更新版本的 Chela 生成；当前版本读取格式 %d。", format, Manifest.FORMAT);
    }

    /**
     * Which files of keys there are; null before the first run.
     *
     * @param runs all finished ones
     * @throws Refusal when they do not belong to these runs
     */
    @Nullable
    KeyFiles index(List<Manifest> runs) throws IOException {
        Path file = keys.resolve(INDEX);
        if (!Files.exists(file)) {
            if (runs.isEmpty()) return null;
            throw new Refusal(
                    "The keys of this backup are not in %s. Name their folder with --keys.",
                    "%s 中没有该备份的密钥。请用 --keys 指定其目录。", keys);
        }
        KeyFiles index = read(content(file), KeyFiles.class, file);
        if (index.format() != Manifest.FORMAT) throw format(index.format());
        if (runs.isEmpty() && index.finished() == 0) return null;
        if (runs.isEmpty() || !index.set().equals(runs.getFirst().set()))
            throw new Refusal("The keys in %s are those of another backup.", "%s 中的密钥属于另一个备份。", keys);
        if (index.finished() > runs.size()) throw missing(runs.size() + 1);
        if (index.number() < runs.size() || index.memories().size() != index.number())
            throw new Refusal(
                    "The keys in %s are older than the backup: %d runs, %d with keys.",
                    "%s 中的密钥比备份旧：共 %d 次，其中 %d 次有密钥。", keys, runs.size(), index.number());
        for (KeyFiles.Part part : parts(index))
            if (!KEY_FILE.matcher(part.file()).matches())
                throw new Refusal("%s names a file that cannot be one of keys.", "%s 中的文件名不合法。", file);
        return index;
    }

    private static List<KeyFiles.Part> parts(KeyFiles index) {
        List<KeyFiles.Part> parts = new ArrayList<>(index.memories());
        parts.add(index.head());
        return parts;
    }

    /**
     * Reads every byte of the runs and their keys.
     *
     * @throws Refusal naming the first file that is missing or not as it was written
     */
    void checksums(List<Manifest> runs, KeyFiles index) throws IOException {
        for (Manifest run : runs) checksum(lines(run.number()), run.sha256());
        checksum(key(index.head()), index.head().sha256());
        for (int i = 0; i < runs.size(); i++)
            checksum(key(index.memories().get(i)), index.memories().get(i).sha256());
    }

    private static void checksum(Path file, String sha256) throws IOException {
        if (!Files.isRegularFile(file)) throw new Refusal("%s is missing.", "缺少 %s。", file);
        if (!Hashes.of(file).equals(sha256))
            throw new Refusal("%s is damaged: its checksum is another one.", "%s 已损坏：校验和不符。", file);
    }

    void write(KeyFiles index) throws IOException {
        write(keys.resolve(INDEX), WireJson.bytes(index));
    }

    void write(Manifest manifest) throws IOException {
        write(manifest(manifest.number()), WireJson.bytes(manifest));
    }

    /** SHA-256 of the last manifest, null when there is none. */
    @Nullable
    String lastHash(List<Manifest> runs) throws IOException {
        return runs.isEmpty() ? null : Hashes.of(manifest(runs.size()));
    }

    /** Removes keys that no run needs any more. */
    void sweep(KeyFiles index) throws IOException {
        Set<String> needed = new HashSet<>(Set.of(INDEX));
        parts(index).forEach(part -> needed.add(part.file()));
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (KEY_FILE.matcher(name).matches() && !needed.contains(name)) Files.delete(file);
            }
        }
    }

    private Path manifest(int number) {
        return data.resolve(name(number) + ".manifest.json");
    }

    private static byte[] content(Path file) throws IOException {
        if (Files.size(file) > LONGEST) throw new Refusal("%s is too long to be what it is named.", "%s 过长。", file);
        return Files.readAllBytes(file);
    }

    private static <T> T read(byte[] content, Class<T> type, Path file) {
        try {
            return WireJson.read(content, type);
        } catch (MalformedRecordException e) {
            throw new Refusal("%s cannot be read: %s", "无法读取 %s：%s", file, String.valueOf(e.getMessage()));
        }
    }

    /** The old content or the new, also after a power cut. */
    private static void write(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(java.nio.ByteBuffer.wrap(content));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(Objects.requireNonNull(file.getParent()))) {
            folder.force(true);
        }
    }
}
