package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.memory.ReviewNote;
import ai.chela.contracts.memory.ReviewNote.What;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.recall.Hit;
import ai.chela.memory.review.ExpiryFlow;
import ai.chela.memory.review.ReviewFlow;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
class ReviewTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String FACT = "the staging database is db-17";
    private static final String QUESTION = "which database does staging use?";

    @Inject
    MemoryDriver memory;

    @Inject
    ReviewFlow review;

    @Inject
    ExpiryFlow expiry;

    private Voice ann = new Voice("none", "ann", true);

    @BeforeEach
    void freshTenant() {
        ann = new Voice("t-" + Ids.random(), "ann", true);
    }

    @Test
    void a_night_comes_once_however_many_review() {
        memory.remember(ann, FACT);
        assertFalse(reviewed(Instant.now()));
        Instant night = Instant.now().plus(Duration.ofHours(25));
        List<Boolean> both = Uni.join()
                .all(review.review(ann.tenant(), night), review.review(ann.tenant(), night))
                .andFailFast()
                .await()
                .atMost(LIMIT);
        assertEquals(1, both.stream().filter(did -> did).count());
        assertFalse(reviewed(night.plus(Duration.ofMinutes(5))));
    }

    @Test
    void two_persons_who_said_the_same_share_one_memory_that_both_handles_lead_to() {
        RecalledFact first = memory.stored(ann, FACT);
        RecalledFact again = memory.stored(ann.as("bob"), "staging database is db-17.");
        night();
        assertEquals(1, memory.list(ann).total());
        assertEquals(List.of(new ReviewNote(What.MERGED, first.handle(), again.handle())), notes());
        memory.forget(ann.as("bob"), again.handle());
        assertEquals(0, memory.list(ann).total());
        assertEquals(List.of(0L), memory.read(ann, Long.class, "select count(*) from fact"));
    }

    @Test
    void a_newer_word_of_the_same_person_takes_the_place_of_the_older() {
        RecalledFact old = memory.stored(ann, FACT);
        RecalledFact now = memory.stored(ann, "the staging database is db-18");
        night();
        assertEquals(List.of(new ReviewNote(What.CLOSED, now.handle(), old.handle())), notes());
        var then = (MemoryChanged.LookedBack)
                memory.change(ann, new MemoryRequested.LookBack("call", true, now.handle(), null, null));
        assertEquals(FACT, then.then() == null ? "nothing" : then.then().text());
    }

    @Test
    void where_two_persons_disagree_both_are_shown_until_one_is_said_to_hold() {
        memory.remember(ann, FACT);
        RecalledFact other = memory.stored(ann.as("bob"), "the staging database is db-18");
        night();
        assertEquals(What.DISPUTED, notes().getFirst().what());
        List<Hit> hits = memory.recall(ann, QUESTION).hits();
        assertTrue(hits.get(0).fact().standing().disputed());
        assertTrue(hits.get(1).fact().standing().disputed());
        memory.change(ann, new MemoryRequested.Settle("call", true, other.handle()));
        List<Hit> settled = memory.recall(ann, QUESTION).hits();
        assertEquals(1, settled.size());
        assertEquals("the staging database is db-18", settled.getFirst().fact().text());
        assertFalse(settled.getFirst().fact().standing().disputed());
    }

    @Test
    void a_dispute_ends_when_one_side_is_forgotten() {
        RecalledFact mine = memory.stored(ann, FACT);
        memory.remember(ann.as("bob"), "the staging database is db-18");
        night();
        memory.forget(ann, mine.handle());
        assertFalse(
                memory.recall(ann, QUESTION).hits().getFirst().fact().standing().disputed());
    }

    @Test
    void what_expires_is_gone_for_good_and_what_was_given_more_time_is_not() {
        RecalledFact fact = memory.stored(ann, FACT);
        RecalledFact longer = memory.stored(ann, "the office closes at 8 pm");
        expireSoon(fact);
        expireSoon(longer);
        memory.change(ann, new MemoryRequested.Expire("call", true, longer.handle(), null));
        Instant end = Instant.now().plus(LIMIT);
        while (memory.list(ann).facts().size() > 1 && Instant.now().isBefore(end)) {}
        expired(fact);
        expired(longer);
        assertEquals(
                List.of("the office closes at 8 pm"),
                memory.list(ann).facts().stream().map(RecalledFact::text).toList());
        assertEquals(List.of(1L), memory.read(ann, Long.class, "select count(*) from memory_key"));
    }

    private void expireSoon(RecalledFact fact) {
        memory.change(
                ann,
                new MemoryRequested.Expire(
                        "call", true, fact.handle(), Instant.now().plusMillis(300)));
    }

    private void expired(RecalledFact fact) {
        expiry.expire(ann.tenant(), fact.id()).await().atMost(LIMIT);
    }

    /** The first look only notes when the night is; the second, a day later, is the night. */
    private void night() {
        reviewed(Instant.now());
        assertTrue(reviewed(Instant.now().plus(Duration.ofHours(25))));
    }

    private boolean reviewed(Instant now) {
        return review.review(ann.tenant(), now).await().atMost(LIMIT);
    }

    private List<ReviewNote> notes() {
        var reviewed = (MemoryChanged.Reviewed) memory.change(ann, new MemoryRequested.ShowReview("call", true));
        return reviewed.notes();
    }
}
