package ai.chela.launcher.backup;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.config.PeopleFile;
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

/** {@code hold}: legal holds, under which no memory is erased. */
@Command(name = "hold", description = "Legal holds: what may not be erased, by nobody")
public final class HoldCommand implements Callable<Integer> {
    /** What to do. */
    enum What {
        list,
        set,
        lift
    }

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(arity = "0..1", paramLabel = "list|set|lift", description = "What to do (default: list)")
    private What what = What.list;

    @Option(names = "--person", paramLabel = "ID", description = "The person, by the id in people.yaml")
    private @Nullable String person;

    @Option(names = "--all", description = "Everybody")
    private boolean all;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for example a case number")
    private @Nullable String reason;

    public HoldCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        // one on nobody would hold nothing; persons who came by pairing are in no file
        if (what == What.set && person != null && !PeopleFile.ids(folder).contains(person))
            here.say(
                    "Mind: no person in %s has the id \"%s\". It holds only if that is the id of one who came by pairing.",
                    "注意：%s 中没有标识为“%s”的人员。仅当这是经配对加入者的标识时才有效。",
                    folder.config().resolve("people.yaml"),
                    person);
        List<String> arguments = new ArrayList<>(List.of("hold", what.name()));
        if (person != null) arguments.addAll(List.of("--person", person));
        if (all) arguments.add("--all");
        if (reason != null) arguments.addAll(List.of("--reason", reason));
        arguments.addAll(List.of("--by", System.getProperty("user.name", "operator")));
        try (OwnDatabase database = OwnDatabase.any(here, folder)) {
            return OperatorProcess.run(here, folder, database.environment(), arguments);
        }
    }
}
