package ai.chela.kit.tenancy;

import ai.chela.kit.outbox.OutboxPublisher;
import ai.chela.kit.trace.Traces;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** The only way to the database: one unit of work for one tenant, its messages sent after it has committed. */
@ApplicationScoped
public class Transactions {
    private static final Logger LOG = Logger.getLogger(Transactions.class);

    /** A request that waits for the database is told within five seconds that it is away. */
    private static final long WAIT_MILLIS = 4_000;

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
        return session().chain(session -> {
            UnitOfWork unit = new UnitOfWork(session, origin, service);
            return Uni.createFrom()
                    .deferred(() -> unit.transaction(work))
                    .invoke(() -> {
                        publisher.publish(unit.published());
                        unit.committed();
                    })
                    .eventually(session::close);
        });
    }

    /**
     * A session with a connection, or a failure when none becomes free in time. The wait is bounded here and not in the pool:
     * a pool that gives up on a waiter at the moment in which it serves him loses the connection for good. One that comes
     * too late goes back.
     */
    private Uni<Mutiny.Session> session() {
        return Uni.createFrom().emitter(emitter -> {
            AtomicBoolean decided = new AtomicBoolean();
            long timer = vertx.setTimer(WAIT_MILLIS, _ -> {
                if (decided.compareAndSet(false, true))
                    emitter.fail(new TimeoutException(
                            "no connection to the database was free within " + WAIT_MILLIS + " ms"));
            });
            sessions.openSession()
                    .subscribe()
                    .with(
                            session -> {
                                vertx.cancelTimer(timer);
                                if (decided.compareAndSet(false, true)) emitter.complete(session);
                                else giveBack(session);
                            },
                            failure -> {
                                vertx.cancelTimer(timer);
                                if (decided.compareAndSet(false, true)) emitter.fail(failure);
                            });
        });
    }

    private static void giveBack(Mutiny.Session session) {
        session.close()
                .subscribe()
                .with(_ -> {}, failure -> LOG.warnf("database.connection-not-given-back cause=%s", failure.toString()));
    }

    /** A session belongs to one event loop; what runs before and after a unit may be on any thread. */
    private <T> Uni<T> onOwnContext(Supplier<Uni<T>> supplier) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle.setContextSafe(context, true);
            context.runOnContext(_ -> supplier.get().subscribe().with(emitter::complete, emitter::fail));
        });
    }
}
