package ai.chela.launcher.backup;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.stack.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** memory-service's command for operators, as a process that speaks to the terminal itself. */
final class OperatorProcess {
    private static final String MAIN = "ai.chela.memory.operator.Operator";

    private OperatorProcess() {}

    /** The variables of the shell that are passed on. */
    static Map<String, String> basics(Map<String, String> environment) {
        Map<String, String> basics = new TreeMap<>();
        for (String name : List.of("PATH", "LANG", "LC_ALL", "LC_MESSAGES", "HOME", "TZ")) {
            String value = environment.get(name);
            if (value != null) basics.put(name, value);
        }
        return basics;
    }

    /**
     * Runs one command to its end.
     *
     * @param database variables of the database; none for a command that needs none
     * @return its exit code
     */
    static int run(Surroundings here, DataFolder data, Map<String, String> database, List<String> arguments)
            throws IOException, InterruptedException {
        Path jar = here.root().resolve(Service.MEMORY.folder()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar))
            throw here.problem(
                    "memory-service is not built: %s is missing. Build it with `./chela build`.",
                    "memory-service 尚未构建：缺少 %s。请用 `./chela build` 构建。", jar);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                jar.toString(),
                MAIN));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(basics(here.environment()));
        builder.environment().putAll(database);
        builder.environment().put("CHELA_TENANT", "local");
        if (Files.exists(data.masterKey())) builder.environment().put("CHELA_MASTER_KEY", "file:" + data.masterKey());
        return builder.start().waitFor();
    }
}
