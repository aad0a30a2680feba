package ai.chela.memory.recall;

import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.embedding.ReadyEmbedder;
import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks all questions of the quality set in three ways, and prints what is found: a table for each language. */
public final class QualityReport {
    /** The default of {@code chela.memory.threshold}. */
    private static final double THRESHOLD = 0.68;

    private static final int LIMIT = 10;

    enum Way {
        BM25,
        DENSE,
        HYBRID
    }

    /**
     * One question, answered.
     *
     * @param found ids, best first, by each way
     * @param certain whether the hybrid answer is claimed to be one
     * @param byWords the same without vectors
     */
    record Answered(
            QualitySet.Asked asked,
            Map<Way, List<String>> found,
            boolean certain,
            boolean byWords,
            String first,
            String firstByWords) {
        /** Share of the evidence among the first. */
        double recall(Way way, int at) {
            List<String> first =
                    Objects.requireNonNull(found.get(way)).stream().limit(at).toList();
            return (double) asked.evidence().stream().filter(first::contains).count()
                    / asked.evidence().size();
        }
    }

    private final QualitySet set;
    private final Told told;
    private final ReadyEmbedder models;

    private QualityReport(QualitySet set, ReadyEmbedder models, Told told) {
        this.set = set;
        this.told = told;
        this.models = models;
        told.tell(set.facts());
        for (Fact fact : set.facts()) {
            Embedder.Model model = Objects.requireNonNull(models.embedder().modelFor(fact.text()));
            told.means(
                    model,
                    Map.of(fact.id(), models.fact(model, MeaningText.of(fact)).values()));
        }
    }

    public static void main(String[] arguments) {
        try (ReadyEmbedder models = new ReadyEmbedder()) {
            for (String language : List.of("english", "chinese")) print(language, of(language, models));
        }
    }

    static List<Answered> of(String language, ReadyEmbedder models) {
        try {
            Path home = Files.createTempDirectory("chela-quality");
            try (Told told = new Told(home, new Scope.Tenant(), models.embedder())) {
                QualityReport report = new QualityReport(QualitySet.read(language), models, told);
                List<Answered> answers = new ArrayList<>();
                for (QualitySet.Asked asked : report.set.questions()) answers.add(report.answer(asked));
                return answers;
            } finally {
                try (Stream<Path> files = Files.walk(home)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answered answer(QualitySet.Asked asked) {
        Embedder.Vector vector = models.question(asked.text());
        List<Candidate> candidates = told.candidates(asked.text(), "-", vector);
        List<Hit> hybrid = told.search(asked.text(), "-", LIMIT, vector, QualitySet.NOW);
        List<Hit> words = told.search(asked.text(), "-", LIMIT);
        return new Answered(
                asked,
                Map.of(
                        Way.BM25, ids(candidates.stream().filter(it -> it.words() > 0), Candidate::words),
                        Way.DENSE, ids(candidates.stream().filter(it -> !Float.isNaN(it.cosine())), Candidate::cosine),
                        Way.HYBRID, hybrid.stream().map(hit -> hit.fact().id()).toList()),
                !hybrid.isEmpty() && hybrid.getFirst().score() >= THRESHOLD,
                !words.isEmpty() && words.getFirst().score() >= THRESHOLD,
                hybrid.isEmpty() ? "" : hybrid.getFirst().fact().id(),
                words.isEmpty() ? "" : words.getFirst().fact().id());
    }

    private static List<String> ids(
            Stream<Candidate> candidates, java.util.function.ToDoubleFunction<Candidate> score) {
        return candidates
                .sorted(Comparator.comparingDouble(score).reversed())
                .map(candidate -> candidate.fact().id())
                .toList();
    }

    static double recall(List<Answered> answers, Predicate<Answered> which, Way way, int at) {
        return answers.stream()
                .filter(it -> it.asked().kind() != QualitySet.Kind.NONE)
                .filter(which)
                .mapToDouble(it -> it.recall(way, at))
                .average()
                .orElse(0);
    }

    /**
     * @param right claimed, and the first is evidence
     * @param wrong claimed, and it is not, though there is some
     * @param abstained rightly: nobody told it
     */
    record Claims(long right, long wrong, long answerable, long abstained, long unanswerable) {
        static Claims of(List<Answered> answers, boolean byWords) {
            List<Answered> told = answers.stream()
                    .filter(it -> it.asked().kind() != QualitySet.Kind.NONE)
                    .toList();
            List<Answered> untold = answers.stream()
                    .filter(it -> it.asked().kind() == QualitySet.Kind.NONE)
                    .toList();
            Predicate<Answered> claimed = it -> byWords ? it.byWords() : it.certain();
            Predicate<Answered> evident =
                    it -> it.asked().evidence().contains(byWords ? it.firstByWords() : it.first());
            return new Claims(
                    told.stream().filter(claimed).filter(evident).count(),
                    told.stream().filter(claimed).filter(evident.negate()).count(),
                    told.size(),
                    untold.stream().filter(claimed.negate()).count(),
                    untold.size());
        }

        @Override
        public String toString() {
            return "claimed rightly %d of %d, wrongly %d; nothing claimed %d of %d that nobody told"
                    .formatted(right, answerable, wrong, abstained, unanswerable);
        }
    }

    private static void print(String language, List<Answered> answers) {
        System.out.printf(
                "%n%s, %d questions; held: conversations that no weight was set on%n", language, answers.size());
        System.out.println("| kind | n | "
                + Stream.of(Way.values())
                        .map(way -> way.name().toLowerCase(Locale.ROOT) + " @5 | @10")
                        .collect(Collectors.joining(" | "))
                + " |");
        for (QualitySet.Kind kind : QualitySet.Kind.values())
            if (kind != QualitySet.Kind.NONE)
                row(
                        kind.name().toLowerCase(Locale.ROOT),
                        answers,
                        it -> it.asked().kind() == kind);
        row("all", answers, _ -> true);
        row("all, held", answers, it -> it.asked().held());
        for (boolean held : new boolean[] {false, true}) {
            List<Answered> half =
                    answers.stream().filter(it -> it.asked().held() == held).toList();
            System.out.printf("%s, by words: %s%n", held ? "held" : "set on", Claims.of(half, true));
            System.out.printf("%s, hybrid:   %s%n", held ? "held" : "set on", Claims.of(half, false));
        }
    }

    private static void row(String name, List<Answered> answers, Predicate<Answered> which) {
        long count = answers.stream()
                .filter(it -> it.asked().kind() != QualitySet.Kind.NONE)
                .filter(which)
                .count();
        System.out.printf(
                "| %s | %d | %s |%n",
                name,
                count,
                Stream.of(Way.values())
                        .map(way -> "%.3f | %.3f"
                                .formatted(recall(answers, which, way, 5), recall(answers, which, way, 10)))
                        .collect(Collectors.joining(" | ")));
    }
}
