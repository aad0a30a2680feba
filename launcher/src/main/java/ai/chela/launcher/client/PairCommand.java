package ai.chela.launcher.client;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataOption;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pair}: the owner confirms that an unknown chat address may talk to Chela. */
@Command(name = "pair", description = "Confirm the code that an unknown chat address was given")
public final class PairCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "CODE", description = "The code that the address was given")
    private String code = "";

    public PairCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!code.matches("[A-Za-z0-9-]{1,64}"))
            throw new Problem(
                    ExitCode.USAGE, here.language().say("A code is letters, digits and dashes.", "配对码只含字母、数字和连字符。"));
        JsonNode paired = Caller.of(here, data.folder(here), null).pair(code);
        String who = paired.path("person").asText(paired.path("name").asText(""));
        String address = paired.path("address").asText("");
        here.say("Paired %s %s", "已配对 %s %s", address, who);
        return ExitCode.OK;
    }
}
