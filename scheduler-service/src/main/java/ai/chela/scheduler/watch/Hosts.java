package ai.chela.scheduler.watch;

import ai.chela.scheduler.config.SchedulerConfig;
import ai.chela.scheduler.watch.OwnListeners.Listener;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Resolves names by the machine's own resolver, aside from the event loops, a bounded number at once. */
@ApplicationScoped
public class Hosts {
    /** What is known of a host at one moment. */
    public record Resolved(List<InetAddress> addresses, OwnListeners own) {}

    private record HostPort(String host, int port) {}

    private final WorkerExecutor workers;
    private final List<HostPort> own;

    public Hosts(Vertx vertx, SchedulerConfig config) {
        this.workers = vertx.createSharedWorkerExecutor("watch-resolve", 8);
        this.own = config.ownAddresses().orElse(List.of()).stream()
                .map(Hosts::hostPort)
                .toList();
    }

    @PreDestroy
    void close() {
        workers.close();
    }

    /** The host's addresses and Chela's own now; fails with {@link UnknownHostException} when it has none. */
    public Uni<Resolved> resolve(String host) {
        return Uni.createFrom()
                .completionStage(() -> workers.executeBlocking(
                                () -> new Resolved(List.of(InetAddress.getAllByName(host)), ownNow()), false)
                        .toCompletionStage());
    }

    private OwnListeners ownNow() {
        return new OwnListeners(
                own.stream()
                        .map(hp -> new Listener(hp.host(), hp.port(), addresses(hp.host())))
                        .toList(),
                interfaces());
    }

    private static List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException _) {
            // A service that has no address now listens nowhere; its name is still compared.
            return List.of();
        }
    }

    private static Set<InetAddress> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(Hosts::withoutScope)
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Equal whatever interface it was seen on. */
    private static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an interface has an address of a known length", e);
        }
    }

    private static HostPort hostPort(String text) {
        String entry = text.strip();
        int colon = entry.lastIndexOf(':');
        if (colon < 1)
            throw new IllegalArgumentException("CHELA_OWN_ADDRESSES: \"" + entry + "\" is not of the form host:port");
        String host = entry.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return new HostPort(
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(entry.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("CHELA_OWN_ADDRESSES: \"" + entry + "\" has no port number", e);
        }
    }
}
