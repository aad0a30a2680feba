package ai.chela.memory.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.TestMasterKey;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.Place;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Memories are as old as the limits that a test takes make them. */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class RetentionTest {
    private static final String FACT = "the lift is out of order";

    @Inject
    MemoryDriver memory;

    @Inject
    MemoryIndex index;

    @Inject
    RetentionSweep retention;

    private final Voice ann = new Voice("t-" + Ids.random(), "ann", false);

    @Test
    void what_is_too_old_is_erased_with_all_its_versions_and_keys() {
        RecalledFact fact = memory.stored(ann, "the staging database is db-17");
        memory.correct(ann, fact.id(), "db-18");
        sweepPrivate(Instant.now());
        assertEquals(0, memory.list(ann).total());
        for (String table : List.of("fact", "memory_key")) assertEquals(0L, count(table), table);
        assertEquals(2L, count("erasure"));
    }

    @Test
    void the_index_holds_nothing_of_it_either() {
        memory.correct(ann, memory.stored(ann, "the staging database is db-17").id(), "db-18");
        memory.recall(ann, "staging database");
        assertEquals(1, indexed());
        sweepPrivate(Instant.now());
        Instant end = Instant.now().plusSeconds(20);
        while (indexed() > 0 && Instant.now().isBefore(end)) Thread.onSpinWait();
        assertEquals(0, indexed());
    }

    /** What no model has a vector for is everything where no model is named. */
    private int indexed() {
        Place place = new Place(ann.tenant(), new Scope.Person("ann"));
        return index.lacking(place, Set.of(), null, 10)
                .toCompletableFuture()
                .join()
                .ids()
                .size();
    }

    @Test
    void its_time_runs_from_the_last_correction() {
        RecalledFact fact = memory.stored(ann, "the staging database is db-17");
        Instant between = Instant.now();
        memory.correct(ann, fact.id(), "db-18");
        sweepPrivate(between);
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void the_limit_of_private_memories_leaves_shared_ones_alone() {
        memory.remember(ann.inRoom(), FACT);
        sweepPrivate(Instant.now());
        assertEquals(1, memory.list(ann.inRoom()).total());
        sweep(new Aged.Limits(null, Instant.now()));
        assertEquals(0, memory.list(ann.inRoom()).total());
    }

    @Test
    void an_expiry_is_audited() {
        memory.remember(ann, FACT);
        sweepPrivate(Instant.now());
        assertTrue(memory.read(ann, String.class, "select convert_from(payload, 'UTF8') from outbox").stream()
                .anyMatch(payload -> payload.contains("memory.expired")));
    }

    @Test
    void what_is_under_legal_hold_does_not_expire() {
        memory.remember(ann, FACT);
        hold("person:ann");
        sweepPrivate(Instant.now());
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void what_is_under_legal_hold_is_not_forgotten_and_the_answer_says_so() {
        RecalledFact fact = memory.stored(ann, FACT);
        hold("tenant");
        assertEquals("memory.held", ((MemoryChanged.Refused) memory.forget(ann, fact.handle())).code());
        assertEquals(1, memory.list(ann).total());
    }

    @Test
    void under_legal_hold_not_even_everything_at_once_is_forgotten() {
        memory.remember(ann, FACT);
        memory.correct(ann, memory.stored(ann, "the staging database is db-17").id(), "db-18");
        for (String subject : List.of("tenant", "person:ann")) {
            hold(subject);
            assertEquals("memory.held", ((MemoryChanged.Refused) forgetAll(2)).code(), subject);
            assertEquals(3L, count("fact"));
            assertEquals(3L, count("memory_key"));
            memory.read(ann, String.class, "delete from legal_hold returning subject");
        }
        assertTrue(forgetAll(2) instanceof MemoryChanged.ForgottenAll);
        assertEquals(0L, count("fact"));
    }

    private MemoryChanged forgetAll(long confirmed) {
        return memory.change(ann, new MemoryRequested.ForgetAll(Ids.random(), ann.room(), confirmed));
    }

    @Test
    void a_hold_on_a_person_covers_what_that_person_said_in_a_room() {
        RecalledFact said = memory.stored(ann.inRoom(), FACT);
        RecalledFact other = memory.stored(ann.as("bob").inRoom(), "the office closes at 8 pm");
        hold("person:ann");
        assertEquals("memory.held", ((MemoryChanged.Refused) memory.forget(ann.inRoom(), said.handle())).code());
        assertTrue(memory.forget(ann.as("bob").inRoom(), other.handle()) instanceof MemoryChanged.Forgotten);
    }

    @Test
    void the_database_itself_refuses_to_delete_what_is_under_hold() {
        memory.remember(ann, FACT);
        hold("tenant");
        assertThrows(RuntimeException.class, () -> memory.read(ann, String.class, "delete from fact returning id"));
        assertEquals(1L, count("fact"));
    }

    @Test
    void a_lifted_hold_holds_nothing() {
        RecalledFact fact = memory.stored(ann, FACT);
        hold("tenant");
        memory.read(ann, String.class, "delete from legal_hold returning subject");
        assertTrue(memory.forget(ann, fact.handle()) instanceof MemoryChanged.Forgotten);
    }

    @Test
    void nothing_expires_where_nothing_is_configured() {
        memory.remember(ann, FACT);
        retention.sweep().await().atMost(Duration.ofSeconds(20));
        assertEquals(1, memory.list(ann).total());
    }

    private void hold(String subject) {
        memory.read(
                ann,
                String.class,
                "insert into legal_hold (tenant, subject, reason, placed_by) values (?1, ?2, 'test', 'test')"
                        + " returning subject",
                ann.tenant(),
                subject);
    }

    private void sweepPrivate(Instant before) {
        sweep(new Aged.Limits(before, null));
    }

    private void sweep(Aged.Limits limits) {
        retention.sweep(limits).await().atMost(Duration.ofSeconds(20));
    }

    private long count(String table) {
        return memory.read(ann, Long.class, "select count(*) from " + table).getFirst();
    }
}
