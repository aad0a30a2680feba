package ai.chela.scheduler;

import ai.chela.kit.topic.TopicReaders;
import ai.chela.kit.work.Ticker;
import ai.chela.scheduler.due.DueLoop;
import ai.chela.scheduler.due.DueWork;
import ai.chela.scheduler.watch.WatchLoops;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Starts and stops the loops. Nothing fires before it is known who may still act, and the service is not ready before
 * that.
 */
@Readiness
@ApplicationScoped
public class Lifecycle implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    /** What ended is kept as long as the messages about it. */
    private static final Duration KEEP_ENDED = Duration.ofHours(72);

    /** It counts all that is active, which is not for nothing where that is much. */
    private static final Duration UPKEEP = Duration.ofSeconds(60);

    private final DueLoop due;
    private final WatchLoops watches;
    private final TopicReaders topics;
    private final Ticker upkeep;
    private final AtomicLong active = new AtomicLong();
    private volatile boolean firing;

    public Lifecycle(
            DueLoop due, WatchLoops watches, TopicReaders topics, DueWork work, Vertx vertx, MeterRegistry meters) {
        this.due = due;
        this.watches = watches;
        this.topics = topics;
        this.upkeep = new Ticker("schedule.upkeep", vertx, UPKEEP, () -> upkeep(work));
        meters.gauge("triggers.active", active);
    }

    void start(@Observes StartupEvent event) {
        watches.startAdmitting();
        upkeep.start();
        topics.caughtUp().subscribe().with(_ -> fire(), failure -> LOG.error("people.not-read", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        upkeep.stop();
        due.stop();
        watches.stop();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("owners of triggers are known")
                .status(firing)
                .build();
    }

    private void fire() {
        firing = true;
        due.start();
        watches.startChecking();
        LOG.info("schedule.started");
    }

    private Uni<Void> upkeep(DueWork work) {
        return work.active()
                .invoke(active::set)
                .chain(() -> work.forgetEnded(KEEP_ENDED))
                .replaceWithVoid();
    }
}
