package ai.chela.launcher.doctor;

import ai.chela.launcher.ExitCode;
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
import picocli.CommandLine.Parameters;

/** {@code doctor}: what this machine has and lacks; exit code 3 when Chela cannot run. */
@Command(
        name = "doctor",
        description = "What this machine has and lacks; `doctor xmpp` checks the way to the chat server")
public final class DoctorCommand implements Callable<Integer> {
    /** What can be looked at alone. */
    enum Part {
        xmpp
    }

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(arity = "0..1", paramLabel = "xmpp", description = "Only the way to the XMPP server")
    private @Nullable Part part;

    public DoctorCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        List<Finding> found = new ArrayList<>();
        if (part == Part.xmpp) {
            found.addAll(new Xmpp(here.language(), here.environment()).look(folder));
        } else {
            found.addAll(new Machine(here, folder).look());
            found.add(Ollama.finding(here.language(), Ollama.models(Ollama.ADDRESS), data.suffix()));
        }
        for (Finding finding : found) here.out().println(finding.level().mark() + "  " + finding.text());
        boolean wrong = found.stream().anyMatch(it -> it.level() == Finding.Level.WRONG);
        return wrong ? ExitCode.FAILED : ExitCode.OK;
    }
}
