package ai.chela.scheduler.watch;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL that can be asked.
 *
 * @param host a name in ASCII, or an address without brackets
 * @param port from 1 to 65535
 * @param path with its query, never empty; no fragment
 */
public record Target(boolean tls, String host, int port, String path) {
    /** What a URL can be wrong about. */
    public enum Flaw {
        UNREADABLE("It is not a URL.", "这不是一个 URL。"),
        SCHEME("Only http and https URLs can be watched.", "只能监视 http 和 https 地址。"),
        CREDENTIALS("It must not contain a user name or password.", "URL 中不能包含用户名或密码。"),
        HOST("It names no host that could be asked.", "URL 中没有有效的主机。"),
        PORT("Its port is not from 1 to 65535.", "端口必须在 1 到 65535 之间。");

        private final String english;
        private final String chinese;

        Flaw(String english, String chinese) {
            this.english = english;
            this.chinese = chinese;
        }

        public String english() {
            return english;
        }

        public String chinese() {
            return chinese;
        }
    }

    /** A URL or what is wrong with it. */
    public sealed interface Parsed {
        record Fine(Target target) implements Parsed {}

        record Flawed(Flaw flaw) implements Parsed {}
    }

    /** Reads a URL; nothing is resolved. */
    public static Parsed parse(String url) {
        try {
            return of(new URI(url));
        } catch (URISyntaxException _) {
            return new Parsed.Flawed(Flaw.UNREADABLE);
        }
    }

    /**
     * Where a redirect leads.
     *
     * @param location as the answer says, absolute or relative
     */
    public Parsed redirected(String location) {
        try {
            return of(new URI(text()).resolve(new URI(location)));
        } catch (URISyntaxException | IllegalArgumentException _) {
            return new Parsed.Flawed(Flaw.UNREADABLE);
        }
    }

    /** The URL again, without fragment. */
    public String text() {
        return (tls ? "https://" : "http://") + authority() + path;
    }

    /** Host and port, the latter where it is not the scheme's own. */
    public String authority() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? shown : shown + ":" + port;
    }

    private static Parsed of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http")) return new Parsed.Flawed(Flaw.SCHEME);
        String authority = uri.getRawAuthority();
        if (authority == null || authority.isEmpty()) return new Parsed.Flawed(Flaw.HOST);
        if (authority.contains("@")) return new Parsed.Flawed(Flaw.CREDENTIALS);
        HostAndPort named = HostAndPort.of(authority, uri.getHost(), uri.getPort());
        String host = ascii(named.host());
        if (host == null) return new Parsed.Flawed(Flaw.HOST);
        int port = named.port() == -1 ? (tls ? 443 : 80) : named.port();
        if (port < 1 || port > 65_535) return new Parsed.Flawed(Flaw.PORT);
        return new Parsed.Fine(new Target(tls, host, port, path(uri)));
    }

    /** {@link URI} leaves names that are not strict ASCII host names to us. */
    private record HostAndPort(String host, int port) {
        static HostAndPort of(String authority, @Nullable String host, int port) {
            if (host != null) return new HostAndPort(host, port);
            int colon = authority.lastIndexOf(':');
            if (colon < 0) return new HostAndPort(authority, -1);
            String digits = authority.substring(colon + 1);
            boolean number =
                    !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            return new HostAndPort(authority.substring(0, colon), number ? Integer.parseInt(digits) : 0);
        }
    }

    private static @Nullable String ascii(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.contains(":")) return bare.contains("%") ? null : bare.toLowerCase(Locale.ROOT);
        try {
            String name = IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return name.matches("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_.])?") ? name : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static String path(URI uri) {
        String ascii = uri.toASCIIString();
        URI plain = URI.create(ascii);
        String path = plain.getRawPath() == null || plain.getRawPath().isEmpty() ? "/" : plain.getRawPath();
        return plain.getRawQuery() == null ? path : path + "?" + plain.getRawQuery();
    }
}
