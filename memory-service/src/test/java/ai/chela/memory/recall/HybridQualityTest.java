package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.embedding.ReadyEmbedder;
import ai.chela.memory.recall.QualityReport.Answered;
import ai.chela.memory.recall.QualityReport.Claims;
import ai.chela.memory.recall.QualityReport.Way;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards what {@link QualityReport} prints, on the conversations that no weight was set on. */
class HybridQualityTest {
    private static final ReadyEmbedder MODELS = new ReadyEmbedder();

    @AfterAll
    static void close() {
        MODELS.close();
    }

    @ParameterizedTest
    @CsvSource({"english, 0.85, 0.92", "chinese, 0.93, 0.95"})
    void hybrid_recall_finds_the_evidence_and_more_of_it_than_words_do(String language, double at5, double at10) {
        List<Answered> answers = QualityReport.of(language, MODELS);
        double five = QualityReport.recall(answers, it -> it.asked().held(), Way.HYBRID, 5);
        double ten = QualityReport.recall(answers, it -> it.asked().held(), Way.HYBRID, 10);
        assertTrue(five >= at5, "recall@5 " + five);
        assertTrue(ten >= at10, "recall@10 " + ten);
        assertTrue(five > QualityReport.recall(answers, it -> it.asked().held(), Way.BM25, 5));
        assertTrue(five > QualityReport.recall(answers, it -> it.asked().held(), Way.DENSE, 5));
    }

    @ParameterizedTest
    @CsvSource({"english, 0.93", "chinese, 0.93"})
    void what_nobody_told_is_not_claimed_and_no_less_is_answered_than_by_words(String language, double abstained) {
        List<Answered> held = QualityReport.of(language, MODELS).stream()
                .filter(it -> it.asked().held())
                .toList();
        Claims hybrid = Claims.of(held, false);
        assertTrue(hybrid.abstained() >= abstained * hybrid.unanswerable(), hybrid::toString);
        assertTrue(hybrid.right() >= Claims.of(held, true).right(), hybrid::toString);
        assertTrue(hybrid.wrong() <= 3, hybrid::toString);
    }
}
