package ai.chela.gateway.status;

import ai.chela.gateway.audit.DeadLetters;
import ai.chela.gateway.channel.Channel;
import ai.chela.gateway.identity.Directory;
import ai.chela.kit.tenancy.DatabaseFaults;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What the gateway knows of itself. */
@ApplicationScoped
public class Status {
    /**
     * @param people how many are known
     * @param kafka whether all topics are read
     * @param database whether it answers
     * @param channels state by channel, {@code up}, {@code off}, or what is wrong
     * @param deadLetters records that no service could handle; null while the database does not tell
     * @param problems what is wrong with which configuration file
     */
    public record Report(
            String version,
            String instance,
            int people,
            boolean kafka,
            boolean database,
            Map<String, String> channels,
            @Nullable Long deadLetters,
            List<String> problems) {}

    private final Directory directory;
    private final SmallRyeHealthReporter health;
    private final DeadLetters deadLetters;
    private final Instance<Channel> chats;
    private final String version;
    private final String instance;

    public Status(
            Directory directory,
            SmallRyeHealthReporter health,
            DeadLetters deadLetters,
            Instance<Channel> chats,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "chela.instance") String instance) {
        this.directory = directory;
        this.health = health;
        this.deadLetters = deadLetters;
        this.chats = chats;
        this.version = version;
        this.instance = instance;
    }

    public Uni<Report> report() {
        return health.getReadinessAsync()
                .chain(readiness -> letters(up(readiness, "database")).map(letters -> report(readiness, letters)));
    }

    /** Not asked while the database is away, so that the status is told at once. */
    private Uni<@Nullable Long> letters(boolean database) {
        if (!database) return Uni.createFrom().nullItem();
        return deadLetters
                .count()
                .ifNoItem()
                .after(Duration.ofSeconds(2))
                .fail()
                .onFailure(DatabaseFaults::isAway)
                .recoverWithNull();
    }

    private Report report(SmallRyeHealth readiness, @Nullable Long letters) {
        Map<String, String> channels = new TreeMap<>(Map.of("http", "up", "openai", "up"));
        List<String> problems = new ArrayList<>(directory.problems());
        for (Channel channel : chats) {
            channels.put(channel.name(), channel.state());
            problems.addAll(channel.problems());
        }
        return new Report(
                version,
                instance,
                directory.people().size(),
                up(readiness, "topics"),
                up(readiness, "database"),
                channels,
                letters,
                problems);
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
