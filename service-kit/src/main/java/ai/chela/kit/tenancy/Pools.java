package ai.chela.kit.tenancy;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The service's connections. That a database cannot be reached is told within the time that a request waits, and what
 * nobody waits for any more does not queue up.
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
    private static final int WAIT_SECONDS = 4;

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList()
                .forEach(options ->
                        options.setConnectTimeout(CONNECT_SECONDS * 1_000).setTcpKeepAlive(true));
        return PgBuilder.pool()
                .with(input.poolOptions().setConnectionTimeout(WAIT_SECONDS).setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(new ArrayList<SqlConnectOptions>(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
