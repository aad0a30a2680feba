package ai.chela.launcher.stack;

import ai.chela.launcher.data.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Lines of a log as a person reads them: level and message, without stack traces, none longer than a screen is wide. */
final class LogLine {
    private static final int WIDEST = 200;

    private LogLine() {}

    /** The last so many lines that say that something is wrong; the last lines at all when none does. */
    static List<String> readable(List<String> lines, int most) {
        List<String> all = lines.stream()
                .map(LogLine::readable)
                .filter(it -> !it.isBlank() && !it.startsWith("\tat "))
                .toList();
        List<String> wrong = all.stream()
                .filter(it -> it.matches("(ERROR|FATAL|WARN|.*(FATAL|ERROR|Exception)).*"))
                .toList();
        List<String> chosen = wrong.isEmpty() ? all : wrong;
        return chosen.subList(Math.max(0, chosen.size() - most), chosen.size());
    }

    private static String readable(String line) {
        String text = line;
        if (line.startsWith("{")) {
            try {
                JsonNode json = Json.MAPPER.readTree(line);
                text = json.path("level").asText("") + " "
                        + json.path("message").asText(line);
            } catch (JsonProcessingException _) {
                text = line; // cut in the middle: shown as it is
            }
        }
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + " ...";
    }
}
