package ai.chela.memory.recall;

import ai.chela.contracts.Principal;
import ai.chela.kit.tenancy.Origin;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.work.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Erases the vectors of what was forgotten or superseded elsewhere: by another instance, or by this one just before it was
 * killed. Goes through the scopes that this instance has files of, whether somebody asks there or not.
 */
@ApplicationScoped
class MeaningSweep {
    /** How long a vector may outlive its fact on an instance that had no part in the forgetting. */
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final MeaningFiles files;
    private final Changes changes;
    private final Transactions transactions;
    private final Vertx vertx;
    private final Ticker ticker;

    MeaningSweep(MeaningFiles files, Changes changes, Transactions transactions, Vertx vertx) {
        this.files = files;
        this.changes = changes;
        this.transactions = transactions;
        this.vertx = vertx;
        this.ticker = new Ticker("memory.vectors.sweep", vertx, EVERY, this::sweep);
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
    }

    /** All scopes, one after the other. */
    Uni<Void> sweep() {
        return blocking(files::places).chain(places -> sweep(places, 0));
    }

    private Uni<Void> sweep(List<MeaningFiles.Place> places, int at) {
        if (at == places.size()) return Uni.createFrom().voidItem();
        return sweep(places.get(at)).chain(() -> sweep(places, at + 1));
    }

    private Uni<Void> sweep(MeaningFiles.Place place) {
        Origin origin = Origin.first(place.tenant(), Principal.service("memory"), null);
        return blocking(() -> MeaningFiles.swept(place))
                .chain(since -> transactions.run(
                        "memory.sweep", origin, unit -> changes.gone(unit, new Changes.Known(place.scope(), since))))
                .chain(gone -> blocking(() -> erased(place, gone)))
                .chain(more -> more ? sweep(place) : Uni.createFrom().voidItem());
    }

    private boolean erased(MeaningFiles.Place place, Changes.Gone gone) throws java.io.IOException {
        if (gone.ids().isEmpty()) return false;
        files.forget(place.tenant(), place.scope(), gone.ids());
        MeaningFiles.swept(place, gone.head());
        return gone.more();
    }

    private <T> Uni<T> blocking(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
    }
}
