package ai.chela.gateway.status;

import ai.chela.gateway.identity.Directory;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the gateway knows of itself. */
@ApplicationScoped
public class Status {
    /**
     * @param people how many are known
     * @param kafka whether the broker answers and all topics are assigned
     * @param database whether it answers
     * @param channels state by channel, {@code up}, {@code off}, or what is wrong
     * @param problems what is wrong with which configuration file
     */
    public record Report(
            String version,
            String instance,
            int people,
            boolean kafka,
            boolean database,
            Map<String, String> channels,
            List<String> problems) {}

    private final Directory directory;
    private final SmallRyeHealthReporter health;
    private final String version;
    private final String instance;

    public Status(
            Directory directory,
            SmallRyeHealthReporter health,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "chela.instance") String instance) {
        this.directory = directory;
        this.health = health;
        this.version = version;
        this.instance = instance;
    }

    public Uni<Report> report() {
        return health.getReadinessAsync().map(this::report);
    }

    private Report report(SmallRyeHealth readiness) {
        Map<String, String> channels = new TreeMap<>(Map.of("http", "up", "openai", "up"));
        return new Report(
                version,
                instance,
                directory.people().size(),
                up(readiness, "messaging"),
                up(readiness, "database"),
                channels,
                directory.problems());
    }

    private static boolean up(SmallRyeHealth readiness, String what) {
        List<JsonObject> checks = readiness.getPayload().getJsonArray("checks").stream()
                .map(JsonValue::asJsonObject)
                .filter(check ->
                        check.getString("name").toLowerCase(Locale.ROOT).contains(what))
                .toList();
        return !checks.isEmpty()
                && checks.stream().allMatch(check -> check.getString("status").equals("UP"));
    }
}
