package ai.chela.launcher.backup;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys}: the keys of the memories, and new ones in their place. */
@Command(name = "keys", description = "The keys of the memories: what the master key wraps, and new keys")
public final class KeysCommand implements Callable<Integer> {
    /** What to do. */
    enum What {
        status,
        rotate,
        retire,
        renew
    }

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "status|rotate|retire|renew",
            description =
                    "status: what wraps what; rotate: a new master key; retire: former ones out, when they wrap nothing;"
                            + " renew: new keys below it, for the tenant and all scopes")
    private What what = What.status;

    @Option(
            names = "--person",
            paramLabel = "ID",
            description = "With renew: only what this person has told in private")
    private @Nullable String person;

    public KeysCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        try (OwnDatabase database = OwnDatabase.any(here, folder)) {
            List<String> arguments = new ArrayList<>(List.of("keys", what.name()));
            if (person != null) arguments.addAll(List.of("--person", person));
            return OperatorProcess.run(here, folder, database.environment(), arguments);
        }
    }
}
