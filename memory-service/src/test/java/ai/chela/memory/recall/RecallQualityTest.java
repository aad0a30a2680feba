package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.FixedModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labelled questions against a scope that holds all facts of the file at once; the score is printed. */
class RecallQualityTest {
    /** The default of {@code chela.memory.threshold}. */
    private static final double THRESHOLD = 0.68;

    @TempDir
    static Path home = Path.of("");

    private record Labelled(String question, String expected) {}

    private record Score(int answered, int answerable, int abstained, int unanswerable, List<String> wrong) {}

    @ParameterizedTest
    @CsvSource({"english, 0.98, 0.93", "chinese, 0.98, 0.93", "english-fresh, 0.90, 0.83", "chinese-fresh, 0.90, 0.99"})
    void questions_are_answered_by_the_right_fact_or_not_at_all(String file, double answered, double abstained)
            throws IOException {
        Score score = score(file);
        System.out.printf(
                "recall %s: answered %d of %d, abstained %d of %d%n",
                file, score.answered(), score.answerable(), score.abstained(), score.unanswerable());
        score.wrong().forEach(System.out::println);
        assertTrue(score.answered() >= answered * score.answerable(), () -> String.join("\n", score.wrong()));
        assertTrue(score.abstained() >= abstained * score.unanswerable(), () -> String.join("\n", score.wrong()));
    }

    private static Score score(String file) throws IOException {
        List<Fact> facts = new ArrayList<>();
        List<Labelled> questions = new ArrayList<>();
        for (String line : lines(file)) {
            String[] labelled = line.split(" -> ");
            if (labelled.length == 2) questions.add(new Labelled(labelled[0], labelled[1].strip()));
            else addFact(line, facts);
        }
        try (Told told = new Told(home.resolve(file), new Scope.Person("ann"), new FixedModels())) {
            told.tell(facts);
            return ask(told, questions);
        }
    }

    private static Score ask(Told told, List<Labelled> questions) {
        int answered = 0;
        int abstained = 0;
        List<String> wrong = new ArrayList<>();
        for (Labelled labelled : questions) {
            List<Hit> hits = told.search(labelled.question(), "ann", 5);
            boolean certain = !hits.isEmpty() && hits.getFirst().score() >= THRESHOLD;
            String given = certain ? hits.getFirst().fact().id() : "nothing";
            if (!given.equals(labelled.expected())) wrong.add(labelled + " but " + given + " of " + shown(hits));
            else if (given.equals("nothing")) abstained++;
            else answered++;
        }
        int unanswerable = (int)
                questions.stream().filter(q -> q.expected().equals("nothing")).count();
        return new Score(answered, questions.size() - unanswerable, abstained, unanswerable, wrong);
    }

    private static String shown(List<Hit> hits) {
        return hits.stream()
                .limit(3)
                .map(hit -> "%s %.2f".formatted(hit.fact().id(), hit.score()))
                .toList()
                .toString();
    }

    private static void addFact(String line, List<Fact> facts) {
        String name = line.substring(0, line.indexOf(": "));
        long number = facts.size() + 1;
        facts.add(new Fact(
                name,
                name,
                number,
                new Scope.Person("ann"),
                line.substring(name.length() + 2),
                "ann",
                "Ann",
                "",
                Instant.EPOCH.plusSeconds(number),
                null));
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RecallQualityTest.class.getResourceAsStream("/recall/" + file + ".txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
