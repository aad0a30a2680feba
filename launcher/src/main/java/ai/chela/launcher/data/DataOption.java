package ai.chela.launcher.data;

import ai.chela.launcher.Surroundings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}, the same for every command. */
public final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            descriptionKey = "data",
            description = "Data folder (default: $CHELA_DATA, $XDG_DATA_HOME/chela or ~/.local/share/chela)")
    private @Nullable Path data;

    public DataFolder folder(Surroundings surroundings) {
        return DataFolder.chosen(data, surroundings.environment());
    }

    /** The folder as it was given; null when it was not. */
    public @Nullable Path given() {
        return data;
    }

    /** What to add to a suggested command so that it means the same data folder; empty when none was given. */
    public String suffix() {
        if (data == null) return "";
        String path = data.toString();
        return " --data " + (path.matches("[\\w./~+-]+") ? path : "'" + path.replace("'", "'\\''") + "'");
    }
}
