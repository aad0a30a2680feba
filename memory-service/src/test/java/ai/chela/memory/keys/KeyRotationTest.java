package ai.chela.memory.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.crypto.WrongKeyException;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other instances of the service are made here, each with a key file of its own, beside the one that runs. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class KeyRotationTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    MemoryDriver memory;

    @Inject
    Transactions transactions;

    @Inject
    @ReactiveDataSource("queue")
    Pool queue;

    @Inject
    Vertx vertx;

    @Inject
    KeyRing ring;

    @Inject
    KeyRotation rotation;

    @ConfigProperty(name = "chela.master-key")
    String reference = "";

    @TempDir
    Path folder = Path.of("");

    private final Voice ann = new Voice("t-" + Ids.random(), "ann", false);
    private String former = "";

    @BeforeEach
    void keepTheKey() throws IOException {
        former = Files.readString(file()).strip();
    }

    /** Everything goes back to the key that the other tests run with. */
    @AfterEach
    void backToTheKey() throws IOException {
        queue.query("update key_holder set seen_at = now() - interval '1 day'")
                .execute()
                .await()
                .atMost(LIMIT);
        Files.writeString(file(), former + "\n" + Files.readString(file()));
        await(rotation.step());
        Files.writeString(file(), former + "\n");
        await(rotation.step());
        assertEquals(0, rotation.former());
    }

    @Test
    void a_new_key_in_front_wraps_every_tenant_anew_while_the_service_runs() throws IOException {
        memory.remember(ann, "the lift is out of order");
        String fresh = put(newKey());
        await(rotation.step());
        assertEquals(List.of(fresh), masters());
        assertEquals(0, rotation.former());
        assertEquals("the lift is out of order", memory.answer(ann, "is the lift out of order?"));
    }

    @Test
    void what_was_wrapped_before_opens_without_the_former_key_after_it() throws IOException {
        memory.remember(ann, "the lift is out of order");
        String fresh = newKey();
        put(fresh);
        await(rotation.step());
        KeyRing alone = ring("alone", fresh);
        assertEquals(Aes.KEY_BYTES, await(open(alone)).length);
        KeyRing past = ring("past", former);
        assertThrows(WrongKeyException.class, () -> await(open(past)));
    }

    @Test
    void while_an_instance_does_not_have_the_new_key_nothing_is_wrapped_with_it() throws IOException {
        memory.remember(ann, "the lift is out of order");
        await(holders("late")
                .note(List.of(MasterKeys.load(reference, Path.of("")).first().id())));
        String fresh = put(newKey());
        await(rotation.step());
        assertFalse(masters().contains(fresh));
        assertTrue(rotation.former() > 0);
        Voice bob = new Voice("t-" + Ids.random(), "bob", false);
        memory.remember(bob, "the office closes at 8 pm");
        assertEquals(masters(), memory.read(bob, String.class, "select master_id from tenant_key"));
    }

    @Test
    void an_instance_that_has_missed_the_new_key_reads_it_when_it_meets_it() throws IOException {
        memory.remember(ann, "the lift is out of order");
        Path shared = folder.resolve("shared");
        Files.writeString(shared, former);
        KeyRing slow = new KeyRing(vertx, () -> MasterKeys.load("file:" + shared, Path.of("")));
        String fresh = newKey();
        put(fresh);
        await(rotation.step());
        Files.writeString(shared, fresh + "\n" + former);
        assertEquals(Aes.KEY_BYTES, await(open(slow)).length);
    }

    /** The rotation dies after each number of tenants; another instance with both keys goes on, and all can be read. */
    @Test
    void interrupted_anywhere_nothing_becomes_unreadable_and_another_instance_finishes() throws IOException {
        List<Voice> voices = List.of(voice(), voice(), voice());
        for (Voice voice : voices) memory.remember(voice, "the lift is out of order");
        String fresh = newKey();
        for (int done = 0; done <= voices.size(); done++) {
            KeyRing both = ring("both" + done, fresh, former);
            for (Voice voice : voices.subList(0, done)) rewrapAs(both, voice);
            for (Voice voice : voices) assertEquals(Aes.KEY_BYTES, await(open(both, voice)).length);
        }
        put(fresh);
        await(rotation.step());
        assertEquals(0, rotation.former());
        for (Voice voice : voices)
            assertEquals("the lift is out of order", memory.answer(voice, "is the lift out of order?"));
    }

    @Test
    void a_key_file_that_cannot_be_read_leaves_the_keys_at_hand() throws IOException {
        List<String> before = ring.ids();
        Files.writeString(file(), "not a key");
        await(rotation.step());
        assertEquals(before, ring.ids());
        Files.writeString(file(), former);
    }

    private static Voice voice() {
        return new Voice("t-" + Ids.random(), "ann", false);
    }

    /** What one transaction of the rotation does, so that it can be stopped after any of them. */
    private void rewrapAs(KeyRing both, Voice voice) {
        String name = KeyNames.tenantKey(voice.tenant());
        byte[] key = await(open(both, voice));
        memory.read(
                voice,
                String.class,
                "update tenant_key set master_id = ?1, wrapped = ?2 where tenant = ?3 returning tenant",
                both.wrapping().id(),
                both.wrapping().wrap(name, key),
                voice.tenant());
    }

    private Uni<byte[]> open(KeyRing by) {
        return open(by, ann);
    }

    private Uni<byte[]> open(KeyRing by, Voice voice) {
        String master = memory.read(voice, String.class, "select master_id from tenant_key")
                .getFirst();
        byte[] wrapped = memory.read(voice, byte[].class, "select wrapped from tenant_key")
                .getFirst();
        return by.unwrap(master, KeyNames.tenantKey(voice.tenant()), wrapped);
    }

    private KeyRing ring(String name, String... keys) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, String.join("\n", keys));
        return new KeyRing(vertx, () -> MasterKeys.load("file:" + file, Path.of("")));
    }

    private KeyHolders holders(String instance) {
        return new KeyHolders(queue, instance);
    }

    /** Puts a key in front of those in the file; its id. */
    private String put(String key) throws IOException {
        Files.writeString(file(), key + "\n" + former + "\n");
        return MasterKeys.load(reference, Path.of("")).first().id();
    }

    private List<String> masters() {
        return memory.read(ann, String.class, "select master_id from tenant_key");
    }

    private Path file() {
        return Path.of(reference.substring("file:".length()));
    }

    private static String newKey() {
        return Base64.getEncoder().encodeToString(Aes.newKey());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
