package ai.chela.kit.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file that may change while the service runs. A new version that is wrong is refused as a whole, logged
 * with its line, and the last good one stays in force. Not thread-safe but for {@link #value()} and {@link #problem()}.
 */
public final class WatchedFile<T> {
    private static final Logger LOG = Logger.getLogger(WatchedFile.class);

    private final Path path;
    private final Function<@Nullable YamlNode, T> reader;
    private volatile T value;
    private volatile @Nullable String problem;
    private @Nullable FileTime read;
    private long size = -1;

    /**
     * Reads the file for the first time.
     *
     * @param reader makes the value of the root, which is null when the file is missing or empty
     * @param fallback in force while no version was good
     */
    public WatchedFile(Path path, Function<@Nullable YamlNode, T> reader, T fallback) {
        this.path = path;
        this.reader = reader;
        this.value = fallback;
        refresh();
    }

    /** The last good version. */
    public T value() {
        return value;
    }

    /** What is wrong with the file now, with file and line; null when nothing is. */
    public @Nullable String problem() {
        return problem;
    }

    public Path path() {
        return path;
    }

    /** Reads the file again when it has changed. Blocks for the time of a small read. True when the value changed. */
    public boolean refresh() {
        try {
            FileTime modified = modified();
            long length = modified == null ? 0 : Files.size(path);
            if (java.util.Objects.equals(modified, read) && length == size) return false;
            read = modified;
            size = length;
            String text = modified == null ? "" : Files.readString(path, StandardCharsets.UTF_8);
            value = reader.apply(YamlNode.parse(path.getFileName().toString(), text));
            problem = null;
            LOG.infof("config.loaded file=%s", path.getFileName());
            return true;
        } catch (ConfigProblem e) {
            refuse(e.getMessage());
        } catch (IOException e) {
            refuse(path.getFileName() + " cannot be read: " + e.getMessage());
        }
        return false;
    }

    private void refuse(@Nullable String what) {
        problem = what;
        LOG.errorf("config.refused file=%s problem=\"%s\"", path.getFileName(), what);
    }

    private @Nullable FileTime modified() throws IOException {
        try {
            return Files.getLastModifiedTime(path);
        } catch (NoSuchFileException _) {
            return null;
        }
    }
}
