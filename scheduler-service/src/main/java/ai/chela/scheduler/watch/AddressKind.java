package ai.chela.scheduler.watch;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What an IP address is for, after the registries of special-purpose addresses (RFC 6890 and its successors). */
public enum AddressKind {
    PUBLIC("a public address", "公网地址"),
    LOOPBACK("this machine (loopback)", "本机（回环地址）"),
    UNSPECIFIED("this machine (unspecified)", "本机（未指定地址）"),
    PRIVATE("a private network", "私有网络"),
    LINK_LOCAL("link-local, where clouds keep their metadata", "链路本地地址（云元数据所在）"),
    SHARED("a carrier's shared network", "运营商共享网络"),
    RESERVED("reserved", "保留地址"),
    MULTICAST("multicast", "组播地址");

    private final String english;
    private final String chinese;

    AddressKind(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /** For people; {@code zh} or a variant of it for Chinese, anything else is English. */
    public String in(String language) {
        return language.startsWith("zh") ? chinese : english;
    }

    /** The kind of an address, of the IPv4 address inside it where it wraps one. */
    public static AddressKind of(InetAddress address) {
        InetAddress plain = unwrapped(address);
        return plain instanceof Inet4Address ? ofV4(plain.getAddress()) : ofV6(plain);
    }

    /**
     * The IPv4 address inside an IPv6 one that only wraps it (mapped, compatible, NAT64, 6to4), else the address itself:
     * the host behind both is the same.
     */
    public static InetAddress unwrapped(InetAddress address) {
        if (!(address instanceof Inet6Address)) return address;
        byte[] b = address.getAddress();
        if (startsWith(b, 0x20, 0x02)) return v4(b, 2);
        if (startsWith(b, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) return v4(b, 12);
        if (startsWith(b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)) return v4(b, 12);
        boolean low = startsWith(b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return low && !address.isLoopbackAddress() && !address.isAnyLocalAddress() ? v4(b, 12) : address;
    }

    private static AddressKind ofV4(byte[] bytes) {
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        int c = bytes[2] & 0xff;
        if (a == 127) return LOOPBACK;
        if (a == 0) return UNSPECIFIED;
        if (a == 10 || a == 172 && b >= 16 && b <= 31 || a == 192 && b == 168) return PRIVATE;
        if (a == 169 && b == 254) return LINK_LOCAL;
        if (a == 100 && b >= 64 && b <= 127) return SHARED;
        if (a >= 224 && a <= 239) return MULTICAST;
        boolean documentation = a == 192 && b == 0 && c == 2 || a == 198 && b == 51 && c == 100;
        boolean benchmark = a == 198 && (b == 18 || b == 19);
        boolean protocol = a == 192 && b == 0 && c == 0 || a == 203 && b == 0 && c == 113;
        return a >= 240 || documentation || benchmark || protocol ? RESERVED : PUBLIC;
    }

    private static AddressKind ofV6(InetAddress address) {
        byte[] b = address.getAddress();
        if (address.isLoopbackAddress()) return LOOPBACK;
        if (address.isAnyLocalAddress()) return UNSPECIFIED;
        if (address.isMulticastAddress()) return MULTICAST;
        if (address.isLinkLocalAddress()) return LINK_LOCAL;
        // unique local (fc00::/7), site local (fec0::/10), local NAT64 (64:ff9b:1::/48)
        if ((b[0] & 0xfe) == 0xfc || address.isSiteLocalAddress()) return PRIVATE;
        if (startsWith(b, 0x00, 0x64, 0xff, 0x9b, 0x00, 0x01)) return PRIVATE;
        // global unicast is 2000::/3 without documentation (2001:db8::/32, 3fff::/20) and Teredo and the like
        // (2001::/23)
        boolean global = (b[0] & 0xe0) == 0x20;
        boolean special = startsWith(b, 0x20, 0x01, 0x0d, 0xb8) || startsWith(b, 0x20, 0x01) && (b[2] & 0xfe) == 0;
        boolean documentation = startsWith(b, 0x3f, 0xff) && (b[2] & 0xf0) == 0;
        return global && !special && !documentation ? PUBLIC : RESERVED;
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) if ((bytes[i] & 0xff) != prefix[i]) return false;
        return true;
    }

    private static InetAddress v4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
