package ai.chela.launcher.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchFactTest {
    private static final int MANY = 90_000;

    @Test
    void no_two_answer_the_same_question() {
        assertEquals(
                MANY,
                IntStream.range(0, MANY)
                        .mapToObj(number -> new BenchFact(number).question())
                        .distinct()
                        .count());
    }

    @Test
    void a_question_does_not_hold_its_answer() {
        BenchFact fact = new BenchFact(1234);
        assertFalse(fact.question().contains(fact.room()));
        assertEquals("the safety harness of the audit team in Bilbao is in room 11234", fact.told());
    }
}
