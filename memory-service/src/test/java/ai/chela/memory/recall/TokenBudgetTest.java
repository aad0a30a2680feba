package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    @Test
    void without_a_limit_all_stay() {
        List<Hit> hits = hits("short", "x".repeat(4_000));
        assertEquals(hits, TokenBudget.within(null, hits));
    }

    @Test
    void what_no_longer_fits_is_left_out_and_a_shorter_one_behind_it_may_fit() {
        List<Hit> hits = hits("the lift is out of order", "x".repeat(4_000), "lunch is at noon");
        assertEquals(List.of(hits.get(0), hits.get(2)), TokenBudget.within(60, hits));
    }

    @Test
    void the_best_is_given_in_any_case() {
        List<Hit> hits = hits("x".repeat(4_000), "lunch is at noon");
        assertEquals(List.of(hits.getFirst()), TokenBudget.within(1, hits));
    }

    @Test
    void a_chinese_character_is_a_token_and_four_other_characters_are_one() {
        assertEquals(4, TokenBudget.tokens("电梯坏了"));
        assertEquals(6, TokenBudget.tokens("the lift is out of order"));
        assertEquals(0, TokenBudget.tokens(""));
    }

    private static List<Hit> hits(String... texts) {
        return Stream.of(texts)
                .map(text -> new Hit(
                        new Fact(text, text, 1, new Scope.Tenant(), text, "ann", "Ann", "", Instant.EPOCH, null), 1))
                .toList();
    }
}
