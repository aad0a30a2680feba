package ai.chela.agent.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentences as people say them, with what each must lead to. */
class CorpusTest {
    private record Line(int number, String sentence, Set<String> holds, String expected) {
        boolean changesNothing() {
            return expected.equals("NOTHING")
                    || expected.equals("QUESTION")
                    || expected.matches("memory.recall \\{[^+]*}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void every_sentence_leads_to_what_the_corpus_says(String language) throws IOException {
        List<Line> lines = lines(language);
        List<String> wrong = new ArrayList<>();
        for (Line line : lines) {
            Request request = Sentences.request(line.sentence(), language, line.holds());
            String got = Sentences.shown(Sentences.PLANNER.plan(request), request.zone());
            if (!got.equals(line.expected()))
                wrong.add(language + ".tsv:" + line.number() + ": " + line.sentence() + "\n    expected "
                        + line.expected() + "\n    but was  " + got);
        }
        System.out.println("corpus " + language + ": " + (lines.size() - wrong.size()) + "/" + lines.size() + " ("
                + lines.stream().filter(Line::changesNothing).count() + " change nothing)");
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void the_corpus_is_large_enough(String language) throws IOException {
        List<Line> lines = lines(language);
        assertTrue(lines.size() >= 150, "sentences: " + lines.size());
        assertTrue(lines.stream().filter(Line::changesNothing).count() >= 50);
        assertEquals(
                lines.size(),
                lines.stream()
                        .map(line -> line.sentence() + line.holds())
                        .distinct()
                        .count());
    }

    private static List<Line> lines(String language) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(CorpusTest.class.getResourceAsStream("/corpus/" + language + ".tsv"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int number = 0;
            for (String line : all.split("\n")) {
                number++;
                if (line.isBlank() || line.startsWith("#")) continue;
                String[] cells = line.split("\t", -1);
                Set<String> holds = cells[1].isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(cells[1].split(",")));
                lines.add(new Line(number, cells[0].replace("\\n", "\n"), holds, cells[2]));
            }
        }
        return lines;
    }
}
