package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file of {@code recall/long}: what was said in several long conversations, and questions with the messages that answer
 * them. All conversations of a file are one scope, so that each is noise to the others.
 */
record QualitySet(String language, List<Fact> facts, List<Asked> questions) {
    /** When the questions are asked: the day after the last message. */
    static final Instant NOW = LocalDate.of(2026, 4, 3).atTime(9, 0).toInstant(ZoneOffset.UTC);

    enum Kind {
        SINGLE,
        MULTI,
        TEMPORAL,
        UPDATE,
        NONE
    }

    /**
     * @param evidence ids of the facts that answer it; empty for {@link Kind#NONE}
     * @param held whether its conversation is kept for reporting: no weight may be set on it
     */
    record Asked(Kind kind, String text, Set<String> evidence, boolean held) {}

    static QualitySet read(String language) {
        List<Fact> facts = new ArrayList<>();
        List<Asked> questions = new ArrayList<>();
        boolean held = false;
        for (String line : lines("/recall/long/" + language + ".txt")) {
            if (line.startsWith("== ")) held = (line.charAt(3) - '0') % 2 == 0;
            else if (line.startsWith("? ")) questions.add(asked(line.substring(2), held));
            else facts.add(fact(line, facts.size() + 1));
        }
        Set<String> known = facts.stream().map(Fact::id).collect(Collectors.toSet());
        for (Asked asked : questions)
            if (!known.containsAll(asked.evidence()) || asked.evidence().isEmpty() != (asked.kind() == Kind.NONE))
                throw new IllegalStateException("evidence of: " + asked.text());
        return new QualitySet(language, List.copyOf(facts), List.copyOf(questions));
    }

    private static Asked asked(String line, boolean held) {
        String[] parts = line.split("\\|", -1);
        Kind kind = Kind.valueOf(parts[0].strip().toUpperCase(java.util.Locale.ROOT));
        String evidence = parts[2].strip();
        return new Asked(
                kind,
                parts[1].strip(),
                evidence.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(evidence.split(" "))),
                held);
    }

    private static Fact fact(String line, long number) {
        String[] head = line.substring(0, line.indexOf(": ")).split(" ");
        Instant at =
                LocalDate.parse(head[1]).atTime(9, 0).toInstant(ZoneOffset.UTC).plusSeconds(number);
        return new Fact(
                head[0],
                head[0],
                number,
                new Scope.Tenant(),
                line.substring(line.indexOf(": ") + 2),
                head[2],
                head[2],
                "",
                at,
                null);
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(QualitySet.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
