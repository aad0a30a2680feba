package ai.chela.kit.tenancy;

import ai.chela.kit.outbox.OutboxPublisher;
import ai.chela.kit.trace.Traces;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

/** The only way to the database: one unit of work for one tenant, its messages sent after it has committed. */
@ApplicationScoped
public class Transactions {
    private final Mutiny.SessionFactory sessions;
    private final OutboxPublisher publisher;
    private final Traces traces;
    private final Vertx vertx;
    private final String service;

    public Transactions(
            Mutiny.SessionFactory sessions,
            OutboxPublisher publisher,
            Traces traces,
            Vertx vertx,
            @ConfigProperty(name = "chela.service") String service) {
        this.sessions = sessions;
        this.publisher = publisher;
        this.traces = traces;
        this.vertx = vertx;
        this.service = service;
    }

    /**
     * Runs {@code work} in one transaction bound to the origin's tenant. It commits when the result is an item and rolls
     * back when it is a failure; after a deadlock it is run again, at most five times. The result arrives on an event
     * loop; {@code work} must not block.
     *
     * @param name of the span, e.g. {@code turn.intake}
     */
    public <T> Uni<T> run(String name, Origin origin, Function<UnitOfWork, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Traces.Span span = traces.start(name, origin);
            Origin traced = origin.withTrace(span.traceparent());
            return onOwnContext(() -> once(traced, work))
                    .onFailure(DatabaseFaults::asksAgain)
                    .retry()
                    .withBackOff(Duration.ofMillis(5), Duration.ofMillis(200))
                    .atMost(5)
                    .onItemOrFailure()
                    .invoke((_, failure) -> span.end(failure));
        });
    }

    private <T> Uni<T> once(Origin origin, Function<UnitOfWork, Uni<T>> work) {
        UnitOfWork[] unit = new UnitOfWork[1];
        return sessions.withTransaction((session, _) -> {
                    unit[0] = new UnitOfWork(session, origin, service);
                    return unit[0].rows("select set_config('chela.tenant', ?1, true)", origin.tenant())
                            .chain(() -> work.apply(unit[0]))
                            .call(() -> unit[0].store());
                })
                .invoke(() -> {
                    publisher.publish(unit[0].published());
                    unit[0].committed();
                });
    }

    /**
     * Hibernate Reactive keeps the open session in the Vert.x context, so two units on one context would share a
     * transaction: each unit gets a context of its own.
     */
    private <T> Uni<T> onOwnContext(Supplier<Uni<T>> supplier) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle.setContextSafe(context, true);
            context.runOnContext(_ -> supplier.get().subscribe().with(emitter::complete, emitter::fail));
        });
    }
}
