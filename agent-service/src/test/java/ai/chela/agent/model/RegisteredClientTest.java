package ai.chela.agent.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.langchain4j.model.openai.internal.chat.ChatCompletionRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class RegisteredClientTest {
    /** Of chats, and what they share with the other calls; without anonymous classes. */
    private static final Pattern JSON =
            Pattern.compile("dev/langchain4j/model/openai/internal/(chat|shared)/[A-Za-z$]+\\.class");

    @Test
    void everything_in_a_chat_with_a_model_is_known_to_a_native_executable() throws Exception {
        RegisterForReflection registered = RegisteredClient.class.getAnnotation(RegisterForReflection.class);
        assertEquals(new TreeSet<>(ofTheClient()), new TreeSet<>(Arrays.asList(registered.classNames())));
    }

    private static List<String> ofTheClient() throws IOException, URISyntaxException {
        Path jar = Path.of(ChatCompletionRequest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(JSON.asMatchPredicate())
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }
}
