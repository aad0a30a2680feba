package ai.chela.scheduler.watch;

import java.net.InetAddress;
import java.util.List;

/**
 * The egress rule of watches: Chela's own listeners are never asked; what is not public is asked only where a person has
 * approved it; the rest may be asked. Pure. The worst of a host's addresses decides, so that a name with a public and a
 * private address is private.
 */
public sealed interface AddressRule {
    /** May be asked at this address. */
    record Open(InetAddress address) implements AddressRule {}

    /** May be asked at this address by somebody's approval only. */
    record NeedsApproval(InetAddress address, AddressKind kind) implements AddressRule {}

    /** One of Chela's own listeners; never. */
    record OwnService(InetAddress address) implements AddressRule {}

    /**
     * Decides for a host.
     *
     * @param host as the URL says
     * @param addresses all that the host has, at least one
     */
    static AddressRule judge(String host, List<InetAddress> addresses, int port, OwnListeners own) {
        for (InetAddress address : addresses) if (own.reachedAt(host, address, port)) return new OwnService(address);
        for (InetAddress address : addresses) {
            AddressKind kind = AddressKind.of(address);
            if (kind != AddressKind.PUBLIC) return new NeedsApproval(address, kind);
        }
        return new Open(addresses.getFirst());
    }
}
