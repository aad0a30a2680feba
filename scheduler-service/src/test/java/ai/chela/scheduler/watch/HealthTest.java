package ai.chela.scheduler.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.scheduler.watch.CheckOutcome.Answered;
import ai.chela.scheduler.watch.CheckOutcome.Unanswered;
import ai.chela.scheduler.watch.Health.News;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final CheckOutcome GOOD = new Answered(200);
    private static final CheckOutcome BAD = new Answered(500);
    private static final CheckOutcome SILENT = new Unanswered(Problem.TIMEOUT);

    private Health health = new Health.Good();

    @Test
    void one_failure_between_good_answers_is_nothing() {
        assertEquals(List.of(), told(GOOD, BAD, GOOD, SILENT, GOOD));
    }

    @Test
    void two_failures_in_a_row_are_told_once_with_the_first_ones_time() {
        assertEquals(List.of(new News.WentBad(SILENT, START.plusSeconds(1))), told(GOOD, BAD, SILENT, BAD, BAD));
    }

    @Test
    void recovery_is_told_once() {
        assertEquals(
                List.of(new News.WentBad(BAD, START), new News.WentGood(200, START)),
                told(BAD, BAD, GOOD, GOOD, BAD, GOOD));
    }

    @Test
    void a_pause_breaks_a_row_but_forgets_no_alert() {
        told(BAD);
        assertEquals(new Health.Good(), health.paused());
        told(BAD);
        assertEquals(new Health.Bad(START), health.paused());
    }

    private List<News> told(CheckOutcome... outcomes) {
        List<News> told = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            Health.Step step = health.after(outcomes[i], 200, START.plusSeconds(i));
            health = step.health();
            if (!(step.news() instanceof News.Nothing)) told.add(step.news());
        }
        return told;
    }
}
