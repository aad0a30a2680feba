package ai.chela.scheduler.watch;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * Chela's own listeners, which no watch may ask.
 *
 * @param listeners every one of them, with the addresses that its host has now
 * @param interfaces the addresses of this machine's network interfaces
 */
public record OwnListeners(List<Listener> listeners, Set<InetAddress> interfaces) {
    /** One listener; {@code addresses} is empty when its name cannot be resolved now. */
    public record Listener(String host, int port, List<InetAddress> addresses) {}

    public OwnListeners {
        listeners = List.copyOf(listeners);
        interfaces = Set.copyOf(interfaces);
    }

    /** Whether one of them is reached at this address and port, by whatever name of this machine. */
    public boolean reachedAt(String host, InetAddress address, int port) {
        return listeners.stream()
                .filter(listener -> listener.port() == port)
                .anyMatch(listener -> listener.host().equalsIgnoreCase(host) || listens(listener, address));
    }

    private boolean listens(Listener listener, InetAddress address) {
        InetAddress plain = AddressKind.unwrapped(address);
        return listener.addresses().stream()
                .map(AddressKind::unwrapped)
                .anyMatch(own -> own.equals(plain) || isThisMachine(own) && isThisMachine(plain));
    }

    private boolean isThisMachine(InetAddress address) {
        return switch (AddressKind.of(address)) {
            case LOOPBACK, UNSPECIFIED -> true;
            case PUBLIC, PRIVATE, LINK_LOCAL, SHARED, RESERVED, MULTICAST ->
                interfaces.stream().map(AddressKind::unwrapped).anyMatch(address::equals);
        };
    }
}
