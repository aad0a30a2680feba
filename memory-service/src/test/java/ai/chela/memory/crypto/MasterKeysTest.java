package ai.chela.memory.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void a_key_wraps_what_only_it_unwraps() throws IOException {
        MasterKey key = load(newKey()).first();
        MasterKey other = load(newKey()).first();
        byte[] wrapped = key.wrap("tenant-key/acme", new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, key.unwrap("tenant-key/acme", wrapped));
        assertThrows(WrongKeyException.class, () -> other.unwrap("tenant-key/acme", wrapped));
        assertThrows(WrongKeyException.class, () -> key.unwrap("tenant-key/globex", wrapped));
        assertNotEquals(key.id(), other.id());
    }

    @Test
    void of_several_keys_the_first_one_wraps_and_all_are_found_by_their_ids() throws IOException {
        String wanted = newKey();
        String former = newKey();
        MasterKeys keys = load(wanted + "\n" + former + "\n\n" + wanted);
        assertEquals(load(wanted).first().id(), keys.first().id());
        assertEquals(List.of(load(wanted).first().id(), load(former).first().id()), keys.ids());
        byte[] wrapped = load(former).first().wrap("tenant-key/acme", new byte[] {1, 2, 3});
        MasterKey found = keys.named(load(former).first().id());
        assertArrayEquals(new byte[] {1, 2, 3}, found == null ? null : found.unwrap("tenant-key/acme", wrapped));
        assertNull(keys.named("0000000000000000"));
    }

    @Test
    void more_keys_than_a_rotation_needs_are_refused() {
        String many = "AAAA ".repeat(11);
        var refused = assertThrows(MasterKeyException.class, () -> load(many));
        assertTrue(String.valueOf(refused.getMessage()).endsWith("which holds 11 keys; the most are 10"));
    }

    @Test
    void a_missing_setting_is_named() {
        assertTrue(problem(null).contains("CHELA_MASTER_KEY is not set"));
    }

    @Test
    void a_missing_file_is_named() {
        assertTrue(problem("file:nowhere").contains("CHELA_MASTER_KEY is file:nowhere, which cannot be read"));
    }

    @Test
    void a_variable_that_is_not_set_is_named() {
        assertTrue(problem("${NO_SUCH_VARIABLE}").contains("environment variable NO_SUCH_VARIABLE is not set"));
    }

    @Test
    void a_key_of_another_length_is_refused() {
        var refused = assertThrows(MasterKeyException.class, () -> load("AAAA"));
        assertTrue(String.valueOf(refused.getMessage()).contains("which holds a key of 3 bytes; needed: 32"));
    }

    @Test
    void a_key_that_is_not_base64_is_refused_and_not_shown() {
        var refused = assertThrows(MasterKeyException.class, () -> load("not base64!"));
        assertFalse(String.valueOf(refused.getMessage()).contains("not base64!"));
    }

    @Test
    void the_key_itself_in_the_setting_is_refused_and_not_shown() {
        String key = Base64.getEncoder().encodeToString(Aes.newKey());
        assertEquals("CHELA_MASTER_KEY must be file:PATH or ${NAME}, never the key itself", problem(key));
    }

    private static String newKey() {
        return Base64.getEncoder().encodeToString(Aes.newKey());
    }

    private MasterKeys load(String content) throws IOException {
        Files.writeString(folder.resolve("key"), content + "\n");
        return MasterKeys.load("file:key", folder);
    }

    private String problem(@Nullable String reference) {
        return String.valueOf(assertThrows(MasterKeyException.class, () -> MasterKeys.load(reference, folder))
                .getMessage());
    }
}
