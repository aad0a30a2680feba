package ai.chela.launcher.client;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as a command line writes them: {@code 500ms}, {@code 60s}, {@code 2m}; a bare number is seconds. */
public final class Lengths {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m|h)?");

    private Lengths() {}

    /**
     * Reads a length.
     *
     * @throws Problem when it is none, or not between 1 ms and 24 h
     */
    public static Duration of(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            String unit = matcher.group(2) == null ? "s" : matcher.group(2);
            Duration length = switch (unit) {
                case "ms" -> Duration.ofMillis(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofSeconds(amount);
            };
            if (length.isPositive() && length.compareTo(Duration.ofHours(24)) <= 0) return length;
        }
        throw new Problem(
                ExitCode.USAGE, "\"" + text + "\" is not a length of time; write 500ms, 60s or 2m, at most 24h.");
    }
}
