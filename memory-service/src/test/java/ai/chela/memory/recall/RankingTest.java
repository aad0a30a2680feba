package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.FixedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankingTest {
    @TempDir
    static Path home = Path.of("");

    private final Told told = new Told(home.resolve(Ids.random()), new Scope.Tenant(), new FixedModels());

    @AfterEach
    void close() throws IOException {
        told.close();
    }

    @Test
    void a_rare_word_counts_more_than_a_common_one() {
        for (int i = 1; i <= 20; i++) tell(i, "the server in rack " + i + " is healthy");
        tell(21, "the server in rack 21 is noisy");
        assertEquals("21", first("which server is noisy?"));
    }

    @Test
    void among_equals_the_newest_comes_first() {
        tell(1, "the staging database is db-17");
        tell(2, "the staging database is db-19");
        assertEquals("2", first("which database does staging use?"));
    }

    @Test
    void full_and_half_width_and_case_make_no_difference() {
        tell(1, "the VPN gateway is in Ｂｅｒｌｉｎ");
        assertEquals("1", first("where is the ｖｐｎ Gateway?"));
        assertEquals("1", first("what is in berlin?"));
    }

    @Test
    void a_question_without_content_finds_nothing() {
        tell(1, "the staging database is db-17");
        for (String question : List.of("what is it?", "?", "是什么？", "\u0000", "😀"))
            assertEquals(List.of(), told.search(question, "ann", 5), question);
    }

    @Test
    void mine_is_whose_who_asks() {
        tell(1, "my desk is 4B");
        assertTrue(score("where is my desk?", "ann") > score("where is my desk?", "bob"));
        assertTrue(score("where is Ann's desk?", "bob") > 0.7);
    }

    @Test
    void a_long_memory_is_found_by_one_of_its_sentences() {
        tell(1, "Minutes of Monday. " + "We spoke about many things. ".repeat(300) + "The new logo is a crab. Bye.");
        assertTrue(score("what is the new logo?", "ann") > 0.68);
    }

    @Test
    void a_question_of_any_size_is_answered_in_bounded_time() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 1; i <= 5_000; i++) facts.add(fact(i, "server " + i + " is in rack " + i % 40));
        told.tell(facts);
        long start = System.nanoTime();
        told.search("server rack ".repeat(800), "ann", 5);
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 5);
    }

    private double score(String question, String asker) {
        return told.search(question, asker, 5).getFirst().score();
    }

    private String first(String question) {
        return told.search(question, "ann", 5).getFirst().fact().id();
    }

    private void tell(long number, String text) {
        told.tell(List.of(fact(number, text)));
    }

    private static Fact fact(long number, String text) {
        String id = Long.toString(number);
        return new Fact(
                id, id, number, new Scope.Tenant(), text, "ann", "Ann", "", Instant.ofEpochSecond(number), null);
    }
}
