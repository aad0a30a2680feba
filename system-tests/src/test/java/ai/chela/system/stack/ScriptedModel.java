package ai.chela.system.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model that says what {@code src/test/node/model.mjs} makes it say, behind an OpenAI-compatible endpoint. */
public final class ScriptedModel implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening (http://\\S+)");

    private final Process process;
    private final Path output;
    private final String url;

    private ScriptedModel(Process process, Path output, String url) {
        this.process = process;
        this.output = output;
        this.url = url;
    }

    public static ScriptedModel start() {
        NodePeers.install();
        try {
            Path output = Files.createTempFile("scripted-model", ".log");
            Process process = NodePeers.start("model.mjs", output);
            String url = Await.value("the address of the scripted model", Await.LONG, () -> address(output));
            return new ScriptedModel(process, output, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> address(Path output) {
        try {
            Matcher matcher = LISTENING.matcher(Files.readString(output));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code base-url} names it. */
    public String baseUrl() {
        return url + "/v1";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        Programs.remove(output);
    }
}
