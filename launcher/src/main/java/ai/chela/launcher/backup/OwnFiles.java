package ai.chela.launcher.backup;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Files of the data folder in a backup, as they are, below {@code installation/}, with their checksums in {@code
 * SHA256SUMS}, which {@code sha256sum -c} reads. Only the newest state is kept.
 */
final class OwnFiles {
    private static final String FOLDER = "installation";
    private static final String SUMS = "SHA256SUMS";
    private static final String SAFE = "[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){0,4}";

    /** Configuration is small; what is larger is something else. */
    private static final long LARGEST = 16 << 20;

    private OwnFiles() {}

    /** The configuration: no secret is in it. */
    static List<String> open(DataFolder data) throws IOException {
        return below(data, data.config());
    }

    /** Tokens, the master key and the keys of models. Passwords of database and broker are made anew. */
    static List<String> secret(DataFolder data) throws IOException {
        List<String> names = new ArrayList<>(below(data, data.path().resolve("people")));
        if (Files.isRegularFile(data.token()))
            names.add(data.path().relativize(data.token()).toString());
        for (String name : below(data, data.keys())) if (!name.endsWith("/credentials.json")) names.add(name);
        return names;
    }

    private static List<String> below(DataFolder data, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> data.path().relativize(file).toString())
                    .filter(name -> name.matches(SAFE) && !name.contains(".."))
                    .filter(name -> !name.contains("/.")) // half-written ones
                    .sorted()
                    .toList();
        }
    }

    /** Copies these files; the copy from before is replaced when all of them are there. */
    static void save(Surroundings here, DataFolder data, List<String> names, Path backup) throws IOException {
        Path fresh = backup.resolve(FOLDER + ".new");
        delete(fresh);
        DataFolder.folder(fresh);
        StringBuilder sums = new StringBuilder();
        for (String name : names) {
            Path file = data.path().resolve(name);
            if (Files.size(file) > LARGEST)
                throw here.problem("%s is too large to be a file of Chela's.", "%s 过大，不像是 Chela 的文件。", file);
            byte[] content = Files.readAllBytes(file);
            Path copy = fresh.resolve(name);
            DataFolder.folder(Objects.requireNonNull(copy.getParent()));
            DataFolder.touch(copy);
            Files.write(copy, content);
            sums.append(sha256(content)).append("  ").append(name).append('\n');
        }
        DataFolder.write(fresh.resolve(SUMS), sums.toString());
        delete(backup.resolve(FOLDER));
        Files.move(fresh, backup.resolve(FOLDER), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The names of the files in a backup; none when it holds none.
     *
     * @throws ai.chela.launcher.Problem when one is missing or not as it was saved
     */
    static List<String> check(Surroundings here, Path backup) throws IOException {
        Path folder = saved(backup);
        if (!Files.isRegularFile(folder.resolve(SUMS))) return List.of();
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(SUMS), StandardCharsets.UTF_8)) {
            String[] parts = line.split("  ", 2);
            boolean safe = parts.length == 2 && parts[1].matches(SAFE) && !parts[1].contains("..");
            if (!safe) throw here.problem("%s is damaged.", "%s 已损坏。", folder.resolve(SUMS));
            Path file = folder.resolve(parts[1]);
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST)
                throw here.problem("%s is missing.", "缺少 %s。", file);
            if (!sha256(Files.readAllBytes(file)).equals(parts[0]))
                throw here.problem("%s is damaged: its checksum is another one.", "%s 已损坏：校验和不符。", file);
            names.add(parts[1]);
        }
        return names;
    }

    /** Brings files back, those that are there only when they are to be replaced; returns how many. */
    static int bring(List<String> names, Path backup, DataFolder data, boolean replace) throws IOException {
        int brought = 0;
        for (String name : names) {
            Path target = data.path().resolve(name);
            if (target.equals(data.masterKey()) || Files.exists(target) && !replace) continue;
            DataFolder.folder(Objects.requireNonNull(target.getParent()));
            DataFolder.write(target, Files.readString(saved(backup).resolve(name)));
            brought++;
        }
        return brought;
    }

    /** A file in a backup, there or not. */
    static Path file(Path backup, DataFolder data, Path original) {
        return saved(backup).resolve(data.path().relativize(original).toString());
    }

    /** The last complete copy, also when a run was killed just before it could give it its name. */
    private static Path saved(Path backup) {
        Path folder = backup.resolve(FOLDER);
        Path fresh = backup.resolve(FOLDER + ".new");
        return !Files.exists(folder) && Files.exists(fresh.resolve(SUMS)) ? fresh : folder;
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
