package ai.chela.gateway.channel.xmpp;

import ai.chela.gateway.channel.Inbound;
import ai.chela.gateway.channel.Outbound;
import ai.chela.gateway.channel.SingleLogin;
import ai.chela.gateway.channel.SingleLogin.Sending;
import ai.chela.kit.file.WatchedFile;
import ai.chela.kit.tenancy.Transactions;
import ai.chela.kit.work.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jspecify.annotations.Nullable;

/** Keeps the one login alive on the one instance that holds the lease, and sends what waits. */
@ApplicationScoped
public class XmppFlow {
    private static final Logger LOG = Logger.getLogger(XmppFlow.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final XmppChannel channel;
    private final Inbound inbound;
    private final WatchedFile<Optional<XmppSettings>> file;
    private final Path base;
    private final String instance;
    private final SingleLogin login;
    private final Ticker ticker;

    /** Smack blocks, so it has a thread of its own; everything below is touched on it only. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("xmpp").daemon().factory());

    private @Nullable XmppSession session;
    private @Nullable XmppSettings inForce;
    private boolean leased;
    private int failures;
    private long nextTryNanos = System.nanoTime();

    public XmppFlow(
            XmppChannel channel,
            Inbound inbound,
            Outbound outbound,
            Transactions transactions,
            Vertx vertx,
            @ConfigProperty(name = "chela.config") Path folder,
            @ConfigProperty(name = "chela.tenant") String tenant,
            @ConfigProperty(name = "chela.instance") String instance) {
        this.channel = channel;
        this.inbound = inbound;
        this.instance = instance;
        Path absolute = folder.toAbsolutePath().normalize();
        this.base = absolute.resolveSibling("");
        this.file = new WatchedFile<>(
                absolute.resolve("channels.yaml"),
                root -> Optional.ofNullable(XmppSettings.read(root)),
                Optional.empty());
        this.login = new SingleLogin("xmpp", tenant, instance, transactions, outbound);
        this.ticker = new Ticker("xmpp", vertx, Duration.ofSeconds(1), this::tick);
        outbound.onStored("xmpp", ticker::nudge);
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
        thread.execute(this::disconnect);
        thread.shutdown();
    }

    private Uni<Void> tick() {
        return onThread(this::readSettings).chain(settings -> {
            if (settings.isEmpty()) return leave();
            return login.mayLogIn()
                    .chain(may -> onThread(() -> connected(settings.get(), may)))
                    .chain(up -> up ? login.drain(this::send) : Uni.createFrom().voidItem());
        });
    }

    private Optional<XmppSettings> readSettings() {
        file.refresh();
        Optional<XmppSettings> settings = file.value();
        if (session != null && !settings.equals(Optional.ofNullable(inForce))) {
            disconnect();
            nextTryNanos = System.nanoTime();
        }
        if (settings.isEmpty()) is("off");
        return settings;
    }

    private Uni<Void> leave() {
        if (!leased) return Uni.createFrom().voidItem();
        leased = false;
        return login.release();
    }

    /** True when logged in; tries to when it is time. */
    private boolean connected(XmppSettings settings, boolean may) {
        leased = may;
        if (!may) {
            disconnect();
            is("held by another instance");
            return false;
        }
        if (session != null && session.isUp()) return true;
        if (session != null) {
            LOG.warnf("xmpp.disconnected");
            disconnect();
            is("reconnecting");
        }
        if (System.nanoTime() < nextTryNanos) return false;
        return open(settings);
    }

    private boolean open(XmppSettings settings) {
        try {
            String password = settings.password().resolve(base);
            inForce = settings;
            session = XmppSession.open(
                    settings, password, instance, this::take, address -> inbound.knows("xmpp", address));
            failures = 0;
            is("up");
            LOG.infof("xmpp.connected");
            return true;
        } catch (IOException | SmackException | XMPPException | IllegalArgumentException e) {
            failures++;
            Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 6));
            if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
            nextTryNanos = System.nanoTime() + pause.toNanos();
            is("cannot log in: " + first(e));
            LOG.warnf(
                    "xmpp.login-failed attempt=%d cause=%s",
                    failures, e.getClass().getSimpleName());
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Blocks the connection's thread until it is stored, so that messages are taken in their order and none is lost. */
    private void take(Inbound.Told told) {
        Uni.createFrom()
                .deferred(() -> inbound.take(told))
                .onFailure(ai.chela.gateway.db.DatabaseFaults::isAway)
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely()
                .onFailure()
                .invoke(failure -> LOG.errorf(failure, "xmpp.message-failed"))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    private Uni<Sending> send(Outbound.Part part) {
        return onThread(() -> {
            XmppSession now = session;
            if (now == null || !now.isUp()) return Sending.NOT_SENT;
            String text = part.attempts() == 0 ? part.text() : "(possibly repeated / 可能重复)\n" + part.text();
            try {
                return now.send(part.id(), part.address(), text);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Sending.UNKNOWN;
            }
        });
    }

    private void disconnect() {
        if (session != null) session.close();
        session = null;
    }

    private void is(String state) {
        String problem = file.problem();
        channel.is(state, problem == null ? List.of() : List.of(problem));
    }

    private <T> Uni<T> onThread(java.util.function.Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(thread);
    }

    private static String first(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }
}
