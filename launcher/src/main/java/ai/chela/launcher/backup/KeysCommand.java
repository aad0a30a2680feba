package ai.chela.launcher.backup;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keys}: the master keys of the memories, and their rotation. */
@Command(name = "keys", description = "The master key of the memories: what it wraps, and a new one")
public final class KeysCommand implements Callable<Integer> {
    /** What to do. */
    enum What {
        status,
        rotate,
        retire
    }

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "status|rotate|retire",
            description = "status: what wraps what; rotate: a new key; retire: former keys out, when they wrap nothing")
    private What what = What.status;

    public KeysCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        try (OwnDatabase database = OwnDatabase.any(here, folder)) {
            return OperatorProcess.run(here, folder, database.environment(), List.of("keys", what.name()));
        }
    }
}
