package ai.chela.memory.recall;

import ai.chela.kit.work.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Drops the indexes that nobody asks for, so that decrypted memories do not stay in memory for long. */
@ApplicationScoped
class IdleIndexes {
    private final Ticker ticker;

    IdleIndexes(Indexes indexes, MeaningFiles files, Vertx vertx) {
        this.ticker = new Ticker("memory.index.trim", vertx, Duration.ofMinutes(1), () -> {
            indexes.trim();
            return Uni.createFrom()
                    .completionStage(() -> vertx.<Void>executeBlocking(() -> {
                                files.trim();
                                return null;
                            })
                            .toCompletionStage());
        });
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
    }
}
