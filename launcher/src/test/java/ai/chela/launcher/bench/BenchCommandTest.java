package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.language.Language;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    private static Problem refusal(String... arguments) {
        Surroundings here = new Surroundings(Path.of("."), Map.of(), System.out, System.err, Language.EN);
        BenchCommand command = new BenchCommand(here);
        new CommandLine(command).parseArgs(arguments);
        return assertThrows(Problem.class, command::call);
    }

    @Test
    void a_part_that_does_not_exist_is_refused_with_those_that_do() {
        Problem refusal = refusal("--only", "plain,fast");
        assertEquals(ExitCode.USAGE, refusal.exitCode());
        assertTrue(
                Problem.reason(refusal).startsWith("--only fast: there is no such part. There are start, disk, idle,"));
    }

    @Test
    void a_kind_that_does_not_exist_is_refused_with_those_that_do() {
        Problem refusal = refusal("--start", "--kinds", "aot,graal");
        assertEquals(ExitCode.USAGE, refusal.exitCode());
        assertEquals("--kinds graal: there is no such kind. There are fast-jar, aot, native.", Problem.reason(refusal));
    }

    @Test
    void without_a_stack_it_says_how_to_get_one(@TempDir Path data) {
        assertTrue(Problem.reason(refusal("--data", data.toString())).contains("--own"));
    }

    @Test
    void a_size_that_is_none_is_refused_with_an_example() {
        for (String size : new String[] {"many", "5", "-1", "3m", "99999999k", "m"}) {
            Problem refusal = refusal("--memory", "--size", size);
            assertEquals(ExitCode.USAGE, refusal.exitCode(), size);
            assertTrue(Problem.reason(refusal).contains("such as 100k or 1m"), size);
        }
    }

    @Test
    void the_index_is_measured_only_when_it_is_built(@TempDir Path data) {
        Surroundings here = new Surroundings(data, Map.of(), System.out, System.err, Language.EN);
        BenchCommand command = new BenchCommand(here);
        new CommandLine(command)
                .parseArgs("--memory", "--data", data.resolve("chela").toString());
        assertTrue(Problem.reason(assertThrows(Problem.class, command::call)).contains("./chela build"));
    }

    @Test
    void the_help_names_every_part() {
        Surroundings here = new Surroundings(Path.of("."), Map.of(), System.out, System.err, Language.EN);
        String help = new CommandLine(new BenchCommand(here)).getUsageMessage();
        for (Measurement measurement : BenchCommand.ALL)
            assertTrue(help.contains(measurement.name()), measurement.name());
    }
}
