package ai.chela.launcher.data;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where one stack keeps everything. Folders are 0700 and files 0600: its owner reads them, nobody else. */
public record DataFolder(Path path) {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    /** Without an option: {@code CHELA_DATA}, else {@code XDG_DATA_HOME/chela}, else {@code ~/.local/share/chela}. */
    public static DataFolder chosen(@Nullable Path option, Map<String, String> environment) {
        if (option != null) return new DataFolder(option.toAbsolutePath().normalize());
        String named = environment.getOrDefault("CHELA_DATA", "");
        if (!named.isBlank())
            return new DataFolder(Path.of(named).toAbsolutePath().normalize());
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = xdg.startsWith("/") ? Path.of(xdg) : Path.of(home(environment), ".local", "share");
        return new DataFolder(base.resolve("chela"));
    }

    private static String home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return home.isBlank() ? System.getProperty("user.home") : home;
    }

    public Path config() {
        return path.resolve("config");
    }

    public Path keys() {
        return path.resolve("keys");
    }

    public Path masterKey() {
        return keys().resolve("master");
    }

    /** The owner's bearer token. */
    public Path token() {
        return path.resolve("token");
    }

    /** The bearer token of a person. */
    public Path tokenOf(String person) {
        return path.resolve("people").resolve(person + ".token");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    public Path stateFile() {
        return path.resolve("stack.json");
    }

    public Path lockFile() {
        return path.resolve("supervisor.lock");
    }

    /** A folder of a process, made when missing. */
    public Path home(String process) throws IOException {
        return folder(path.resolve(process));
    }

    /** Makes the folder and those that everything needs, and closes what is open to others. */
    public void prepare() throws IOException {
        folder(path);
        folder(config());
        folder(config().resolve("domains"));
        folder(keys());
        folder(logs());
        folder(path.resolve("people"));
    }

    /** Makes a folder that its owner alone can read, or closes one that is there. */
    public static Path folder(Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        if (!Files.getPosixFilePermissions(folder).equals(FOLDER)) Files.setPosixFilePermissions(folder, FOLDER);
        return folder;
    }

    /** Replaces a file as a whole: a reader sees the old or the new content. */
    public static void write(Path file, String content) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(), "." + file.getFileName(), ".new", PosixFilePermissions.asFileAttribute(FILE));
        Files.writeString(fresh, content, StandardCharsets.UTF_8);
        Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** Makes an empty file when there is none, so that whoever appends to it later finds the right permissions. */
    public static void touch(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } catch (FileAlreadyExistsException _) {
            if (!Files.getPosixFilePermissions(file).equals(FILE)) Files.setPosixFilePermissions(file, FILE);
        }
    }
}
