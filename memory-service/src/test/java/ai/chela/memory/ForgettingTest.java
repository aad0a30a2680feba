package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver.Voice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rare word is remembered, and every table is searched for it. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class ForgettingTest {
    /** Content passes through these on its way, for 72 hours at most. */
    private static final List<String> ON_THE_WAY = List.of("inbox", "outbox");

    @Inject
    MemoryDriver memory;

    private Voice ann = new Voice("none", "ann", false);
    private String canary = "";

    @BeforeEach
    void freshTenant() {
        ann = new Voice("t-" + Ids.random(), "ann", false);
        canary = "zanzibar" + Long.toString(System.nanoTime(), 36).replaceAll("\\d", "q");
    }

    @Test
    void no_table_holds_a_memory_in_clear() {
        memory.remember(ann, "the code name of the new office is " + canary);
        memory.recall(ann, "what is the code name of the new office?");
        assertEquals(List.of(), tablesHolding(canary));
    }

    @Test
    void the_search_would_find_a_word_that_is_in_clear() {
        Voice voice = new Voice(ann.tenant(), canary, false);
        memory.remember(voice, "the office closes at 8 pm");
        assertTrue(tablesHolding(canary).contains("fact"));
    }

    @Test
    void what_was_forgotten_leaves_neither_key_nor_row() {
        RecalledFact fact = memory.stored(ann, "the code name of the new office is " + canary);
        RecalledFact other = memory.stored(ann, "the office closes at 8 pm");
        memory.forget(ann, fact.handle());
        assertEquals(List.of(), tablesHolding(canary));
        assertEquals(List.of(other.id()), memory.read(ann, String.class, "select memory from memory_key"));
        assertEquals(List.of(other.id()), memory.read(ann, String.class, "select id from fact"));
    }

    @Test
    void what_was_forgotten_is_gone_from_an_index_that_was_loaded_before() {
        RecalledFact fact = memory.stored(ann, "the code name of the new office is " + canary);
        assertFalse(memory.recall(ann, canary).hits().isEmpty());
        memory.forget(ann, fact.handle());
        assertEquals(List.of(), memory.recall(ann, canary).hits());
    }

    @Test
    void keys_are_stored_wrapped() {
        memory.remember(ann, "the office closes at 8 pm");
        for (String table : List.of("tenant_key", "scope_key", "memory_key"))
            for (byte[] wrapped : memory.read(ann, byte[].class, "select wrapped from " + table))
                assertEquals(12 + 32 + 16, wrapped.length, table);
    }

    @Test
    void one_tenant_cannot_read_the_keys_of_another() {
        memory.remember(ann, "the office closes at 8 pm");
        Voice elsewhere = ann.in("t-" + Ids.random());
        for (String table : List.of("tenant_key", "scope_key", "memory_key", "fact"))
            assertEquals(
                    0L,
                    memory.read(elsewhere, Long.class, "select count(*) from " + table)
                            .getFirst(),
                    table);
    }

    private List<String> tablesHolding(String word) {
        List<String> holding = new ArrayList<>();
        List<String> tables = memory.read(
                ann,
                String.class,
                "select tablename from pg_tables where schemaname = 'memory' and tablename not like 'flyway%'");
        assertTrue(tables.contains("fact"));
        for (String table : tables) {
            if (ON_THE_WAY.contains(table)) continue;
            List<String> rows = memory.read(ann, String.class, "select cast(to_jsonb(t) as text) from " + table + " t");
            if (rows.stream().anyMatch(row -> holds(row, word))) holding.add(table);
        }
        return holding;
    }

    /** In clear, in hex (as bytes are shown), or in Base64. */
    private static boolean holds(String row, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        String lower = row.toLowerCase(Locale.ROOT);
        return lower.contains(word)
                || lower.contains(HexFormat.of().formatHex(bytes))
                || row.contains(Base64.getEncoder().encodeToString(bytes).substring(0, 8));
    }
}
