package ai.chela.gateway.channel.xmpp;

import ai.chela.gateway.channel.ArchivePosition;
import ai.chela.gateway.channel.Inbound;
import ai.chela.gateway.channel.Outbound;
import ai.chela.gateway.channel.SingleLogin;
import ai.chela.gateway.channel.SingleLogin.Sending;
import ai.chela.kit.file.WatchedFile;
import ai.chela.kit.tenancy.DatabaseFaults;
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
import java.util.function.Supplier;
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

    /** How often the archive is looked through while people write. */
    private static final Duration LOOK = Duration.ofMinutes(5);

    private static final Duration TO_LEAVE = Duration.ofSeconds(3);

    private final XmppChannel channel;
    private final Inbound inbound;
    private final WatchedFile<Optional<XmppSettings>> file;
    private final Path base;
    private final SingleLogin login;
    private final Ticker ticker;

    /** Smack blocks, so it has a thread of its own; everything below is touched on it only. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("xmpp").daemon().factory());

    private @Nullable XmppSession session;
    private @Nullable XmppSettings inForce;
    private boolean leased;
    private int failures;
    private long lookNanos = System.nanoTime();
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

    /** Leaves the platform and gives the login to whoever comes next; when that cannot be told, its lease ends by itself. */
    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
        try {
            onThread(() -> {
                        disconnect();
                        return leased;
                    })
                    .chain(held -> held ? leave() : Uni.createFrom().voidItem())
                    .await()
                    .atMost(TO_LEAVE);
        } catch (RuntimeException e) {
            LOG.warnf("xmpp.login-not-released cause=%s", e.toString());
        } finally {
            thread.shutdown();
        }
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
        if (session != null && session.isUp()) return lookAgain(session, settings);
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
            session = XmppSession.open(settings, password, this::take, address -> inbound.knows("xmpp", address));
            CatchUp.appear(session, positions(settings));
            lookNanos = System.nanoTime() + LOOK.toNanos();
            failures = 0;
            is("up");
            LOG.infof("xmpp.connected");
            return true;
        } catch (IOException | SmackException | XMPPException | IllegalArgumentException e) {
            disconnect();
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

    /** Looks from time to time whether the archive has what was not told live, which also keeps the next look short. */
    private boolean lookAgain(XmppSession now, XmppSettings settings) {
        if (System.nanoTime() < lookNanos || !now.tookAny()) return true;
        lookNanos = System.nanoTime() + LOOK.toNanos();
        try {
            CatchUp.run(now, positions(settings));
            return true;
        } catch (SmackException | XMPPException e) {
            LOG.warnf("xmpp.look-failed cause=%s", e.getClass().getSimpleName());
            return now.isUp();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CatchUp.Positions positions(XmppSettings settings) {
        return new CatchUp.Positions() {
            @Override
            public @Nullable ArchivePosition reached() {
                return stored(() -> login.reached(settings.jid()));
            }

            @Override
            public void reach(ArchivePosition position) {
                stored(() -> login.reach(settings.jid(), position));
            }
        };
    }

    /** Blocks the connection's thread until it is stored, so that messages are taken in their order and none is lost. */
    private void take(Inbound.Told told) {
        stored(() -> inbound.take(told)
                .onFailure(failure -> !DatabaseFaults.isAway(failure))
                .invoke(failure -> LOG.errorf(failure, "xmpp.message-failed"))
                .onFailure(failure -> !DatabaseFaults.isAway(failure))
                .recoverWithNull());
    }

    /** Blocks until the database has done it, however long it is away. */
    private static <T> @Nullable T stored(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .onFailure(DatabaseFaults::isAway)
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely()
                .await()
                .indefinitely();
    }

    private Uni<Sending> send(Outbound.Part part) {
        return onThread(() -> {
            XmppSession now = session;
            if (now == null || !now.isUp()) return Sending.NOT_SENT;
            try {
                XmppArchive.Look earlier = part.attempts() == 0 ? XmppArchive.Look.NOT_THERE : look(now, part);
                if (!login.holds()) return Sending.NOT_SENT;
                return switch (earlier) {
                    case THERE -> Sending.DONE;
                    case NOT_THERE -> now.send(part.id(), part.address(), part.text());
                    case UNSURE -> now.send(part.id(), part.address(), repeated(part));
                };
            } catch (SmackException | XMPPException e) {
                LOG.warnf("xmpp.look-failed cause=%s", e.getClass().getSimpleName());
                return Sending.NOT_SENT;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Sending.UNKNOWN;
            }
        });
    }

    /** A sending was begun before and nobody knows how it ended: the archive does, where there is one. */
    private static XmppArchive.Look look(XmppSession now, Outbound.Part part)
            throws SmackException, XMPPException, InterruptedException {
        XmppArchive archive = now.archive();
        return archive == null ? XmppArchive.Look.UNSURE : archive.sent(part.id(), part.address(), part.storedAt());
    }

    private String repeated(Outbound.Part part) {
        return switch (inbound.language("xmpp", part.address())) {
                    case "zh" -> "（可能重复）\n";
                    case "en" -> "(possibly repeated)\n";
                    case null, default -> "(possibly repeated / 可能重复)\n";
                }
                + part.text();
    }

    private void disconnect() {
        if (session != null) session.close();
        session = null;
    }

    private void is(String state) {
        String problem = file.problem();
        channel.is(state, problem == null ? List.of() : List.of(problem));
    }

    private <T> Uni<T> onThread(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(thread);
    }

    private static String first(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }
}
