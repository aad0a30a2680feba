package ai.chela.launcher.stack;

import ai.chela.launcher.data.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Configuration files that a service refused and has not been able to read since, as its log tells: a service that nobody
 * can ask over HTTP says so nowhere else. A refusal that was cut from the log with the rest is not found.
 */
final class Refusals {
    private static final Pattern REFUSED = Pattern.compile("config\\.refused(?: file=(\\S+))? problem=\"(.*)\"");
    private static final Pattern LOADED = Pattern.compile("config\\.loaded (?:file=(\\S+)|domains=\\d+)");

    private final Map<String, String> byFile = new LinkedHashMap<>();
    private final List<String> fresh = new ArrayList<>();
    private List<String> domains = List.of();

    private Refusals() {}

    /** What is wrong with which file, each as the service said it; empty when there is no such log. */
    static List<String> in(Path log) throws IOException {
        if (!Files.exists(log)) return List.of();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            // bytes as they are: a log that was cut may begin within a character
            return of(lines.map(it -> new String(it.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
        }
    }

    static List<String> of(Stream<String> lines) {
        Refusals refusals = new Refusals();
        lines.filter(it -> it.contains("config.")).forEach(it -> refusals.read(message(it)));
        List<String> all = new ArrayList<>(refusals.byFile.values());
        all.addAll(refusals.domains);
        return all;
    }

    private static String message(String line) {
        try {
            return Json.MAPPER.readTree(line).path("message").asText();
        } catch (JsonProcessingException _) {
            return ""; // not a line of a service's own
        }
    }

    /** The files of {@code domains/} are refused one by one and then loaded together. */
    private void read(String message) {
        Matcher refused = REFUSED.matcher(message);
        Matcher loaded = LOADED.matcher(message);
        if (refused.matches() && refused.group(1) != null) byFile.put(refused.group(1), refused.group(2));
        else if (refused.matches()) fresh.add(refused.group(2));
        else if (loaded.matches() && loaded.group(1) != null) byFile.remove(loaded.group(1));
        else if (loaded.matches()) {
            domains = List.copyOf(fresh);
            fresh.clear();
        }
    }
}
