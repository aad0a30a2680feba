package ai.chela.memory.operator;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command line, taken apart: words, options with a value, and flags.
 *
 * @param words what is no option, in order
 * @param values of options, in order
 */
record Arguments(List<String> words, Map<String, List<String>> values, Set<String> flags) {
    private static final Set<String> FLAGS = Set.of("--full", "--replace", "--all");
    private static final Set<String> OPTIONS =
            Set.of("--keys", "--to", "--erasures", "--tenant", "--person", "--reason", "--by");

    /**
     * @throws Refusal for an option that there is not, or one without its value
     */
    static Arguments of(String... line) {
        List<String> words = new ArrayList<>();
        Map<String, List<String>> values = new HashMap<>();
        Set<String> flags = new HashSet<>();
        for (int i = 0; i < line.length; i++) {
            String word = line[i];
            if (!word.startsWith("--")) words.add(word);
            else if (FLAGS.contains(word)) flags.add(word);
            else if (OPTIONS.contains(word) && i + 1 < line.length)
                values.computeIfAbsent(word, _ -> new ArrayList<>()).add(line[++i]);
            else throw new Refusal("Unknown option, or one without its value: %s", "未知的选项，或缺少取值：%s", word);
        }
        return new Arguments(words, values, flags);
    }

    String word(int at) {
        return at < words.size() ? words.get(at) : "";
    }

    @Nullable
    String value(String option) {
        List<String> given = values.get(option);
        return given == null ? null : given.getLast();
    }

    List<Path> paths(String option) {
        return values.getOrDefault(option, List.of()).stream().map(Path::of).toList();
    }

    boolean flag(String flag) {
        return flags.contains(flag);
    }

    /** A time with its zone, or one of this machine's. */
    @Nullable
    Instant instant(String option) {
        String text = value(option);
        if (text == null) return null;
        try {
            return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text.replace(' ', 'T'))
                            .atZone(ZoneId.systemDefault())
                            .toInstant();
        } catch (DateTimeException _) {
            throw new Refusal(
                    "%s is a time such as 2026-11-21T14:30:00Z or \"2026-11-21 14:30:00\", not \"%s\".",
                    "%s 应为形如 2026-11-21T14:30:00Z 或 \"2026-11-21 14:30:00\" 的时间，而不是“%s”。", option, text);
        }
    }
}
