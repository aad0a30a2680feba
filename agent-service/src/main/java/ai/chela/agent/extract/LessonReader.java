package ai.chela.agent.extract;

import ai.chela.contracts.memory.ExtractionCompleted;
import ai.chela.contracts.memory.ExtractionCompleted.Lesson;
import ai.chela.kit.wire.WireJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a model answered: the JSON object that it was asked for, whatever stands around it. Its quotes are checked by whom
 * they are for, who has the message.
 */
final class LessonReader {
    private static final int LONGEST_QUOTE = 500;

    private LessonReader() {}

    /** At most as many as are allowed, in their order; null when it is no such answer. */
    static @Nullable List<Lesson> read(String answer) {
        int from = answer.indexOf('{');
        int to = answer.lastIndexOf('}');
        if (from < 0 || to < from) return null;
        try {
            JsonNode lessons =
                    WireJson.mapper().readTree(answer.substring(from, to + 1)).path("lessons");
            return lessons.isArray() ? read(lessons) : null;
        } catch (JsonProcessingException _) {
            return null;
        }
    }

    private static List<Lesson> read(JsonNode array) {
        List<Lesson> lessons = new ArrayList<>();
        for (JsonNode each : array) {
            String quote = each.path("quote").asText("").strip();
            if (quote.isEmpty() || quote.length() > LONGEST_QUOTE) continue;
            Lesson lesson = new Lesson(quote, kind(each.path("kind").asText("")));
            if (!lessons.contains(lesson)) lessons.add(lesson);
            if (lessons.size() == ExtractionCompleted.MOST_LESSONS) break;
        }
        return lessons;
    }

    private static Lesson.Kind kind(String named) {
        return named.toLowerCase(Locale.ROOT).equals("preference") ? Lesson.Kind.PREFERENCE : Lesson.Kind.FACT;
    }
}
