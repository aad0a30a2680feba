package ai.chela.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.Habit;
import ai.chela.contracts.memory.MemoryChanged;
import ai.chela.contracts.memory.MemoryRequested;
import ai.chela.contracts.memory.RecalledFact;
import ai.chela.contracts.memory.ReviewNote;
import ai.chela.kit.test.TestStack;
import ai.chela.kit.wire.Ids;
import ai.chela.memory.MemoryDriver.Voice;
import ai.chela.memory.review.ReviewFlow;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A week of a team that speaks English and Chinese, with a clock that moves: what is told, corrected, asked for in other
 * words, forgotten and reviewed at night. Each day goes on from the one before. The week lies in the future, where the
 * service's own loops find nothing due.
 */
@QuarkusTest
@QuarkusTestResource(value = TestStack.class, initArgs = @ResourceArg(name = "schema", value = "memory"))
@QuarkusTestResource(TestMasterKey.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WeekTest {
    private static final String UNKNOWN = "I do not know";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    MemoryDriver memory;

    @Inject
    ReviewFlow review;

    private final String tenant = "week-" + Ids.random();
    private final Voice ann = new Voice(tenant, "ann", false);
    private final Voice li = new Voice(tenant, "li", false);
    private final ZonedDateTime monday = ZonedDateTime.now(ZoneId.systemDefault())
            .plusDays(2)
            .with(LocalTime.of(9, 0))
            .truncatedTo(ChronoUnit.SECONDS);
    private ZonedDateTime now = monday;

    @BeforeEach
    void clock() {
        memory.at(now.toInstant());
    }

    /** The day ends with the night's review, and the next begins at nine. */
    @AfterEach
    void night() {
        now = now.toLocalDate().plusDays(1).atTime(5, 0).atZone(now.getZone());
        review.review(tenant, now.toInstant()).await().atMost(LIMIT);
        now = now.with(LocalTime.of(9, 0));
        memory.at(null);
    }

    @Test
    @Order(1)
    void on_monday_the_team_tells_and_asks_in_other_words() {
        memory.remember(ann, "the staging database is db-17");
        memory.remember(ann, "the release window is Thursday at 22:00");
        memory.remember(ann, "our wiki lives at wiki.acme.test");
        memory.remember(li, "测试环境的数据库是 db-31");
        memory.remember(li, "周报每周五下午五点前提交");
        memory.remember(ann.inRoom(), "the on-call phone is 555-0100");

        assertEquals("the staging database is db-17", memory.answer(ann, "which database does staging use?"));
        assertEquals("the release window is Thursday at 22:00", memory.answer(ann, "when is our release window?"));
        assertEquals("测试环境的数据库是 db-31", memory.answer(li, "测试环境用的是哪个数据库？"));
        assertEquals("周报每周五下午五点前提交", memory.answer(li, "周报什么时候提交？"));
        assertEquals("the on-call phone is 555-0100", memory.answer(li, "what is the on-call phone?"));
        assertEquals(UNKNOWN, memory.answer(li, "which database does staging use?"), "Ann told it in private");
        assertEquals(UNKNOWN, memory.answer(ann, "who repairs the coffee machine?"));
    }

    @Test
    @Order(2)
    void on_tuesday_a_correction_wins_and_the_past_can_be_asked_for() {
        RecalledFact staging = best(ann, "which database does staging use?");
        memory.correct(ann, staging.id(), "db-18");
        RecalledFact testing = best(li, "测试环境用的是哪个数据库？");
        memory.correct(li, testing.id(), "db-32");

        assertEquals("the staging database is db-18", memory.answer(ann, "which database does staging use?"));
        assertEquals("测试环境的数据库是 db-32", memory.answer(li, "测试环境用的是哪个数据库？"));
        assertEquals("the staging database is db-17", was(ann, staging, null));
        assertEquals(
                "the staging database is db-17",
                was(ann, staging, monday.plusHours(3).toInstant()));
        assertEquals("测试环境的数据库是 db-31", was(li, testing, null));
    }

    @Test
    @Order(3)
    void on_wednesday_the_same_is_told_again_in_other_words_and_something_else_is_told_anew() {
        memory.remember(ann, "Our staging database is db-18.");
        memory.remember(ann, "the release window is Friday at 20:00");
        assertEquals(
                "the staging database is db-18",
                memory.answer(ann, "which database does staging use?")
                        .replace("Our", "the")
                        .replace(".", ""));
    }

    @Test
    @Order(4)
    void on_thursday_duplicates_are_merged_and_the_newer_word_of_the_same_person_holds() {
        var report = assertInstanceOf(
                MemoryChanged.Reviewed.class, memory.change(ann, new MemoryRequested.ShowReview(Ids.random(), false)));
        List<ReviewNote.What> done =
                report.notes().stream().map(ReviewNote::what).sorted().toList();
        assertEquals(List.of(ReviewNote.What.MERGED, ReviewNote.What.CLOSED), done);
        assertEquals(4, memory.list(ann).total(), "staging, release, wiki, and the phone of the room");
        assertEquals("the release window is Friday at 20:00", memory.answer(ann, "when is our release window?"));
        assertEquals(
                "the release window is Thursday at 22:00", was(ann, best(ann, "when is our release window?"), null));

        memory.forgetMatching(li, "测试环境用的是哪个数据库？");
        assertEquals(UNKNOWN, memory.answer(li, "测试环境用的是哪个数据库？"));
    }

    @Test
    @Order(5)
    void on_friday_what_is_forgotten_stays_forgotten_and_preferences_are_learned_unless_she_forbids_it() {
        assertEquals(UNKNOWN, memory.answer(li, "测试环境用的是哪个数据库？"));
        memory.said(ann, "I prefer short answers", "memory.recall");
        assertEquals(List.of("I prefer short answers"), preferences(ann));
        memory.change(li, new MemoryRequested.Learning(Ids.random(), false, false));
        memory.said(li, "我更喜欢用中文交流", "memory.recall");
        assertEquals(List.of(), preferences(li));
        var habits = assertInstanceOf(
                MemoryChanged.Habits.class, memory.change(ann, new MemoryRequested.ShowHabits(Ids.random(), false)));
        assertEquals(
                List.of("memory.recall"),
                habits.habits().stream().map(Habit::operation).toList());
        assertEquals(
                "memory.secret",
                assertInstanceOf(
                                MemoryChanged.Refused.class,
                                memory.remember(ann, "the password of the router is hunter2-Xy9!"))
                        .code());
    }

    @Test
    @Order(6)
    void on_saturday_two_people_contradict_each_other_in_the_room() {
        memory.remember(ann.inRoom(), "the office printer is hp-12");
        now = now.plusHours(1);
        memory.at(now.toInstant());
        memory.remember(li.inRoom(), "the office printer is hp-14");
    }

    @Test
    @Order(7)
    void on_sunday_the_dispute_is_shown_until_somebody_settles_it() {
        RecalledFact answer = best(ann.inRoom(), "which is the office printer?");
        assertTrue(answer.provenance() != null && answer.provenance().disputed(), "nobody is asked");
        RecalledFact right = memory.list(ann.inRoom()).facts().stream()
                .filter(fact -> fact.text().endsWith("hp-14"))
                .findFirst()
                .orElseThrow();
        memory.change(ann.inRoom(), new MemoryRequested.Settle(Ids.random(), true, right.handle()));
        assertEquals("the office printer is hp-14", memory.answer(li.inRoom(), "which is the office printer?"));
    }

    @Test
    @Order(8)
    void on_the_second_monday_every_answer_is_still_right_and_one_who_leaves_takes_hers_along() {
        assertEquals("the staging database is db-18", plain(memory.answer(ann, "which database does staging use?")));
        assertEquals("the release window is Friday at 20:00", memory.answer(ann, "when is our release window?"));
        assertEquals("our wiki lives at wiki.acme.test", memory.answer(ann, "where does our wiki live?"));
        assertEquals("周报每周五下午五点前提交", memory.answer(li, "周报什么时候提交？"));
        assertEquals("the on-call phone is 555-0100", memory.answer(ann, "what is the on-call phone?"));
        assertEquals("the office printer is hp-14", memory.answer(ann, "which is the office printer?"));

        var asked = assertInstanceOf(
                MemoryChanged.Confirm.class,
                memory.change(li, new MemoryRequested.ForgetAll(Ids.random(), false, null)));
        memory.change(li, new MemoryRequested.ForgetAll(Ids.random(), false, asked.total()));
        assertEquals(UNKNOWN, memory.answer(li, "周报什么时候提交？"));
        assertEquals("the on-call phone is 555-0100", memory.answer(li, "what is the on-call phone?"));
    }

    private RecalledFact best(Voice voice, String question) {
        return memory.recall(voice, question).hits().getFirst().fact().shown(0);
    }

    private String was(Voice voice, RecalledFact fact, @Nullable Instant at) {
        var back = assertInstanceOf(
                MemoryChanged.LookedBack.class,
                memory.change(
                        voice, new MemoryRequested.LookBack(Ids.random(), voice.room(), fact.handle(), null, at)));
        return back.then() == null ? UNKNOWN : back.then().text();
    }

    private List<String> preferences(Voice voice) {
        var listed = (MemoryChanged.Listed)
                memory.change(voice, new MemoryRequested.ListAll(Ids.random(), false, null, null, true));
        return listed.facts().stream().map(RecalledFact::text).toList();
    }

    private static String plain(String sentence) {
        return sentence.replace("Our", "the").replaceAll("\\.$", "");
    }
}
