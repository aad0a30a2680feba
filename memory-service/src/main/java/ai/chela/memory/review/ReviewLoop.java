package ai.chela.memory.review;

import ai.chela.kit.work.WorkLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;

/** Looks for what the time has come for: reviews once a night, and memories that expire. */
@ApplicationScoped
class ReviewLoop {
    private static final Duration REVIEWS = Duration.ofMinutes(5);
    private static final Duration EXPIRIES = Duration.ofSeconds(60);

    private final WorkLoop reviews;
    private final WorkLoop expiries;

    ReviewLoop(DueMemories due, ReviewFlow flow, ExpiryFlow expiry, Vertx vertx) {
        this.reviews = new WorkLoop(
                "memory.review",
                vertx,
                REVIEWS,
                1,
                due::reviews,
                work -> flow.review(work.tenant(), Instant.now()).replaceWithVoid());
        this.expiries = new WorkLoop(
                "memory.expire", vertx, EXPIRIES, 1, due::expired, work -> expiry.expire(work.tenant(), work.id()));
    }

    void start(@Observes StartupEvent event) {
        reviews.start();
        expiries.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reviews.stop();
        expiries.stop();
    }
}
