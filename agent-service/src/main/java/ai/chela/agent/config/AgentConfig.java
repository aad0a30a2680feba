package ai.chela.agent.config;

import ai.chela.agent.model.ModelSettings;
import ai.chela.agent.planner.Domain;
import ai.chela.agent.planner.Domains;
import ai.chela.agent.planner.Planner;
import ai.chela.agent.policy.Policy;
import ai.chela.kit.file.WatchedFile;
import ai.chela.kit.work.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The files that this service reads, each hot-reloaded within seconds; the last good version is in force. */
@ApplicationScoped
public class AgentConfig {
    private final WatchedFile<Policy> policy;
    private final WatchedFile<ModelSettings> models;
    private final DomainFolder domains;
    private final Ticker ticker;
    private final Path folder;
    private volatile Planner planner;

    public AgentConfig(@ConfigProperty(name = "chela.config") String folder, Vertx vertx) {
        this.folder = Path.of(folder);
        this.policy = new WatchedFile<>(this.folder.resolve("policy.yaml"), Policy::read, Policy.DEFAULT);
        this.models = new WatchedFile<>(this.folder.resolve("models.yaml"), ModelSettings::read, ModelSettings.NONE);
        this.domains = new DomainFolder(this.folder.resolve("domains"));
        this.planner = planner();
        this.ticker = new Ticker(
                "config.refresh",
                vertx,
                Duration.ofSeconds(1),
                () -> Uni.createFrom()
                        .<Void>item(() -> {
                            refresh();
                            return null;
                        })
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
    }

    private void refresh() {
        policy.refresh();
        models.refresh();
        if (domains.refresh()) planner = planner();
    }

    private Planner planner() {
        List<Domain> all = new ArrayList<>(Domains.builtIn());
        all.addAll(domains.value());
        return new Planner(all);
    }

    public Planner currentPlanner() {
        return planner;
    }

    public Policy policy() {
        return policy.value();
    }

    public ModelSettings models() {
        return models.value();
    }

    public @Nullable String modelProblem() {
        return models.problem();
    }

    /** What is wrong with any of the files now; empty when nothing is. */
    public List<String> problems() {
        return Stream.concat(
                        Stream.of(policy.problem(), models.problem()).flatMap(Stream::ofNullable),
                        domains.problems().stream())
                .toList();
    }

    /** The data folder, from which relative paths of secrets start. */
    public Path dataFolder() {
        Path parent = folder.toAbsolutePath().getParent();
        return parent == null ? folder : parent;
    }
}
