package ai.chela.memory.embedding;

import ai.chela.memory.embedding.Embedder.Purpose;
import java.util.List;
import java.util.Optional;

/** What some models want to read before a text, to know what it is. */
record Prefixes(String question, String fact) {
    static Prefixes of(Optional<String> question, Optional<String> fact) {
        return new Prefixes(question.orElse(""), fact.orElse(""));
    }

    List<String> before(Purpose purpose, List<String> texts) {
        String prefix = switch (purpose) {
            case QUESTION -> question;
            case FACT -> fact;
        };
        return prefix.isEmpty() ? texts : texts.stream().map(prefix::concat).toList();
    }
}
