package ai.chela.gateway.channel.xmpp;

import ai.chela.kit.file.Secret;
import ai.chela.kit.file.YamlNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The login of {@code channels.yaml}.
 *
 * @param jid bare address of Chela herself
 * @param host where to connect; null: what the DNS says about the domain
 * @param port 0: 5222 or what the DNS says
 */
record XmppSettings(String jid, Secret password, @Nullable String host, int port, Tls tls) {
    /** Whether the connection is encrypted and the server's certificate checked. */
    enum Tls {
        REQUIRED,
        /** Neither, and only to a server on this machine. */
        ALLOW_INSECURE_LOOPBACK
    }

    private static final Pattern JID = Pattern.compile("[^@/\\s]{1,255}@[^@/\\s]{1,255}");

    /**
     * Null when XMPP is off.
     *
     * @throws ai.chela.kit.file.ConfigProblem when anything is wrong
     */
    static @Nullable XmppSettings read(@Nullable YamlNode root) {
        if (root == null || root.isNull()) return null;
        YamlNode xmpp = root.fields("xmpp").get("xmpp");
        if (xmpp == null || xmpp.isNull()) return null;
        Map<String, YamlNode> fields = xmpp.fields("enabled", "jid", "password", "host", "port", "tls");
        YamlNode enabled = fields.get("enabled");
        if (enabled == null || !enabled.bool()) return null;
        YamlNode jid = required(xmpp, fields, "jid");
        if (!JID.matcher(jid.text()).matches())
            throw jid.problem("\"" + jid.text() + "\" is no XMPP address; allowed: name@server");
        YamlNode host = fields.get("host");
        YamlNode port = fields.get("port");
        YamlNode tls = fields.get("tls");
        XmppSettings settings = new XmppSettings(
                jid.text(),
                Secret.of(required(xmpp, fields, "password")),
                host == null || host.isNull() ? null : host.text().strip(),
                port == null || port.isNull() ? 0 : (int) port.number(1, 65_535),
                tls == null || tls.isNull() ? Tls.REQUIRED : tls.oneOf(Tls.class));
        if (settings.tls() == Tls.ALLOW_INSECURE_LOOPBACK && !settings.isLoopback())
            throw (tls == null ? xmpp : tls)
                    .problem("allow-insecure-loopback needs host: 127.0.0.1, ::1 or localhost; elsewhere: required");
        return settings;
    }

    private static YamlNode required(YamlNode xmpp, Map<String, YamlNode> fields, String key) {
        YamlNode node = fields.get(key);
        if (node == null || node.isNull()) throw xmpp.problem(key + " is missing");
        return node;
    }

    private boolean isLoopback() {
        return host != null && (host.equals("127.0.0.1") || host.equals("::1") || host.equals("localhost"));
    }
}
