package ai.chela.memory.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.MasterKeyException;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.keys.KeyHolders;
import ai.chela.memory.keys.KeyRing;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class StartTest {
    @Inject
    MemoryDriver memory;

    @Inject
    KeyHolders holders;

    @Inject
    Vertx vertx;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready = URI.create("http:unset");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics = URI.create("http:unset");

    @TempDir
    Path folder = Path.of("");

    @Test
    void another_master_key_stops_the_start_and_says_so() throws IOException {
        memory.remember(new Voice("t-" + Ids.random(), "ann", false), "the lift is out of order");
        Files.writeString(folder.resolve("other"), Base64.getEncoder().encodeToString(Aes.newKey()));
        MasterKeyCheck check =
                new MasterKeyCheck(holders, new KeyRing(vertx, () -> MasterKeys.load("file:other", folder)));
        var stopped = assertThrows(MasterKeyException.class, () -> check.start(new StartupEvent()));
        assertTrue(String.valueOf(stopped.getMessage()).startsWith("CHELA_MASTER_KEY is not the key"));
    }

    @Test
    void a_running_service_is_ready() throws IOException, InterruptedException {
        assertEquals(200, get(ready).statusCode());
    }

    @Test
    void what_was_stored_forgotten_and_recalled_is_measured() throws IOException, InterruptedException {
        Voice ann = new Voice("t-" + Ids.random(), "ann", false);
        memory.forget(ann, memory.stored(ann, "the lift is out of order").handle());
        memory.recall(ann, "is the lift out of order?");
        String page = get(metrics).body();
        for (String metric :
                new String[] {"chela_recall_seconds_count", "chela_facts_stored_total", "chela_facts_forgotten_total"})
            assertTrue(page.contains(metric), metric);
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
