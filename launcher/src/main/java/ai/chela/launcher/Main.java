package ai.chela.launcher;

import ai.chela.launcher.backup.BackupCommand;
import ai.chela.launcher.backup.HoldCommand;
import ai.chela.launcher.backup.KeysCommand;
import ai.chela.launcher.backup.RestoreCommand;
import ai.chela.launcher.backup.VerifyCommand;
import ai.chela.launcher.bench.BenchCommand;
import ai.chela.launcher.client.ChatCommand;
import ai.chela.launcher.client.PairCommand;
import ai.chela.launcher.client.SendCommand;
import ai.chela.launcher.demo.CrashCommand;
import ai.chela.launcher.demo.DemoCommand;
import ai.chela.launcher.doctor.DoctorCommand;
import ai.chela.launcher.language.Language;
import ai.chela.launcher.person.AddCommand;
import ai.chela.launcher.person.PersonCommand;
import ai.chela.launcher.stack.DownCommand;
import ai.chela.launcher.stack.LogsCommand;
import ai.chela.launcher.stack.StatusCommand;
import ai.chela.launcher.stack.UpCommand;
import ai.chela.launcher.testing.TestReport;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./chela}: picks the command, and turns what went wrong into one message and an exit code. */
public final class Main {
    /** The command line without a command. */
    @Command(
            name = "chela",
            description = "A resident assistant for teams, on your own machine",
            synopsisSubcommandLabel = "COMMAND",
            mixinStandardHelpOptions = true,
            version = "0.1.0-SNAPSHOT")
    static final class Chela {}

    private Main() {}

    public static void main(String[] arguments) {
        // the Kafka client's own log has nothing to say to a person
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        Map<String, String> environment = System.getenv();
        Path root =
                Path.of(System.getProperty("chela.root", ".")).toAbsolutePath().normalize();
        System.exit(run(new Surroundings(root, environment, out, err, Language.of(environment)), arguments));
    }

    /** Runs one command line; returns its exit code. */
    static int run(Surroundings here, String... arguments) {
        return commandLine(here).execute(arguments);
    }

    static CommandLine commandLine(Surroundings here) {
        CommandLine line = new CommandLine(new Chela());
        line.addSubcommand(new UpCommand(here));
        line.addSubcommand(new DownCommand(here));
        line.addSubcommand(new StatusCommand(here));
        line.addSubcommand(new LogsCommand(here));
        line.addSubcommand(new ChatCommand(here));
        line.addSubcommand(new SendCommand(here));
        line.addSubcommand(new CommandLine(new PersonCommand()).addSubcommand(new AddCommand(here)));
        line.addSubcommand(new PairCommand(here));
        line.addSubcommand(new CommandLine(new BackupCommand(here)).addSubcommand(new VerifyCommand(here)));
        line.addSubcommand(new RestoreCommand(here));
        line.addSubcommand(new KeysCommand(here));
        line.addSubcommand(new HoldCommand(here));
        line.addSubcommand(new DoctorCommand(here));
        line.addSubcommand(new BenchCommand(here));
        line.addSubcommand(new CommandLine(new DemoCommand()).addSubcommand(new CrashCommand(here)));
        line.addSubcommand(new TestReport(here));
        line.setOut(new java.io.PrintWriter(here.out(), true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(here.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, _, _) -> failed(here, failure));
        return line;
    }

    private static int failed(Surroundings here, Exception failure) {
        if (failure instanceof Problem problem) {
            here.err().println(problem.getMessage());
            return problem.exitCode();
        }
        here.err().println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        if (!here.environment().getOrDefault("CHELA_DEBUG", "").isEmpty()) failure.printStackTrace(here.err());
        return ExitCode.FAILED;
    }
}
