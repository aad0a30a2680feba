package ai.chela.kit.environment;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the environment before the configuration is made of it. A check at the start of the application would come too
 * late: migrations have run by then, and a port that is no number has failed under a name that nobody set.
 */
public final class EnvironmentCheck implements SmallRyeConfigBuilderCustomizer {
    private static final int SHOWN = 100;

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        List<String> problems = problems(System.getenv());
        if (!problems.isEmpty()) throw new EnvironmentException(problems);
    }

    /** What is wrong, in the order of {@link EnvironmentKey}; empty when nothing is. An empty value counts as not set. */
    public static List<String> problems(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        for (EnvironmentKey key : EnvironmentKey.values()) {
            String problem = problem(key, environment);
            if (problem != null) problems.add(problem);
        }
        return problems;
    }

    private static @Nullable String problem(EnvironmentKey key, Map<String, String> environment) {
        String value = environment.getOrDefault(key.variable(), "");
        if (value.isEmpty())
            return key == EnvironmentKey.KAFKA_JAAS && needsLogin(environment)
                    ? key.variable() + " is not set, but " + EnvironmentKey.KAFKA_SECURITY_PROTOCOL.variable()
                            + " asks for a login; allowed: " + plain(key)
                    : null;
        if (key.fits(value)) return null;
        String what = key.secret() ? " has a value that is not allowed" : " is \"" + shown(value) + "\"";
        return key.variable() + what + "; allowed: " + plain(key);
    }

    private static boolean needsLogin(Map<String, String> environment) {
        return environment
                .getOrDefault(EnvironmentKey.KAFKA_SECURITY_PROTOCOL.variable(), "")
                .startsWith("SASL_");
    }

    private static String plain(EnvironmentKey key) {
        return key.allowed().replace("`", "");
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}
