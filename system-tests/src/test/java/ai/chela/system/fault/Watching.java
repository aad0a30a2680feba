package ai.chela.system.fault;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;

/**
 * A server that the system watches. Once it has been looked at it goes bad, until the alert has come, and then good again
 * until the recovery has, and so on: each of them must come exactly once, whoever looks.
 */
final class Watching implements AutoCloseable {
    private static final Duration OFFERED = Duration.ofSeconds(180);
    /** A status for each time that it goes bad, so that no two alerts read the same: 500 to 599. */
    private static final int FIRST_STATUS = 500;

    private static final int STATUSES = 100;

    /** How often it is looked at before it goes bad. */
    private static final int LOOKS = 3;

    private static final String RECOVERY = "Recovered";

    private enum Phase {
        GOOD,
        BAD,
        GOOD_AGAIN,
        OVER
    }

    private final HttpServer server;
    private final String name;
    private final Client client;
    private final Journal journal;
    private final int gateway;
    private Phase phase = Phase.GOOD;
    private int asked;
    private int looks;
    private int round;
    private boolean resting;
    private boolean answered;
    private volatile boolean over;

    Watching(int index, Client client, Journal journal) {
        this.name = "watch-" + index;
        this.client = client;
        this.journal = journal;
        this.gateway = index;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(looked(), -1);
            exchange.close();
        });
        server.start();
        Thread.ofVirtual().start(() -> client.follow(gateway, name, this::seen, () -> over));
        Thread.ofVirtual().start(this::ask);
    }

    String name() {
        return name;
    }

    private void ask() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
        Instant end = Instant.now().plus(OFFERED);
        for (int attempt = gateway; Instant.now().isBefore(end); attempt++) {
            String text = "watch " + url + " every 5 seconds and tell me when it is not 200";
            if (client.offer(attempt, name, "m-1", text) instanceof Client.Offer.Taken) {
                journal.add(new Entry.Accepted(Instant.now(), name, 1, "m-1", url));
                return;
            }
            Pause.briefly();
        }
        journal.add(new Entry.Refused(Instant.now(), name, 1, "m-1", "nobody took it"));
    }

    /** The status that it answers with. It goes bad at the third look, when the system has seen it good. */
    private synchronized int looked() {
        asked++;
        looks++;
        if (phase == Phase.GOOD && looks >= LOOKS && answered) {
            phase = Phase.BAD;
            journal.add(new Entry.Promised(Instant.now(), name, alert()));
        }
        return phase == Phase.BAD ? status() : 200;
    }

    private int status() {
        return FIRST_STATUS + round % STATUSES;
    }

    private String alert() {
        return "answers " + status();
    }

    private synchronized void seen(Entry.Seen event) {
        journal.add(event);
        if (event.isAnswer()) answered = true;
        if (!event.isByItself()) return;
        if (phase == Phase.BAD && event.text().contains(alert())) {
            phase = Phase.GOOD_AGAIN;
            journal.add(new Entry.Promised(Instant.now(), name, RECOVERY));
        } else if (phase == Phase.GOOD_AGAIN && event.text().contains(RECOVERY)) {
            round++;
            looks = 0;
            phase = resting ? Phase.OVER : Phase.GOOD;
        }
    }

    /** Stays good from the next recovery on. */
    synchronized void rest() {
        resting = true;
        if (phase == Phase.GOOD && round > 0) phase = Phase.OVER;
    }

    synchronized boolean isDrained() {
        return phase == Phase.OVER;
    }

    synchronized String open() {
        return name + " is " + phase + " in round " + (round + 1) + " after " + asked + " looks";
    }

    @Override
    public void close() {
        over = true;
        server.stop(0);
    }
}
