package ai.chela.kit.tenancy;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;

/**
 * The service's connections. That a database cannot be reached is told within the time that a request waits. The pool has
 * no time limit of its own: in Vert.x 4.5 one that strikes while a connection is handed over loses that connection, until
 * none is left; {@link Transactions} bounds the wait instead.
 */
class Pools implements PgPoolCreator {
    /** Of the service's own role. */
    @Singleton
    static final class Own extends Pools {}

    /** Of the role that scans queues. */
    @Singleton
    @ReactiveDataSource("queue")
    static final class Queue extends Pools {}

    private static final int CONNECT_SECONDS = 3;

    /** More wait only when nothing is answered any more; what is refused then is tried again by whoever waits for it. */
    private static final int MOST_WAITING = 2_000;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList()
                .forEach(options ->
                        options.setConnectTimeout(CONNECT_SECONDS * 1_000).setTcpKeepAlive(true));
        return PgBuilder.pool()
                .with(input.poolOptions().setMaxWaitQueueSize(MOST_WAITING))
                .connectingTo(new ArrayList<SqlConnectOptions>(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
