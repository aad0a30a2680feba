package ai.chela.launcher.doctor;

import ai.chela.launcher.Problem;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.language.Language;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The way to the XMPP server that {@code channels.yaml} names, step by step up to what the server offers. */
final class Xmpp {
    private static final int MILLIS = 5_000;
    private static final int LONGEST = 64 << 10;

    private final Language language;
    private final Map<String, String> environment;

    Xmpp(Language language, Map<String, String> environment) {
        this.language = language;
        this.environment = environment;
    }

    List<Finding> look(DataFolder data) throws IOException {
        Path file = data.config().resolve("channels.yaml");
        if (!Files.exists(file))
            return List.of(Finding.wrong(
                    language.say("there is no %s; `./chela up` makes one", "没有 %s；`./chela up` 会创建", file)));
        Map<?, ?> xmpp;
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            if (!(root instanceof Map<?, ?> map) || !(map.get("xmpp") instanceof Map<?, ?> found))
                return List.of(Finding.wrong(file + ": `xmpp:` ?"));
            xmpp = found;
        } catch (YAMLException e) {
            return List.of(Finding.wrong(file + ": " + Problem.reason(e)));
        }
        return look(file, xmpp);
    }

    private List<Finding> look(Path file, Map<?, ?> xmpp) {
        List<Finding> found = new ArrayList<>();
        if (!Boolean.TRUE.equals(xmpp.get("enabled")))
            found.add(Finding.lacking(language.say("%s: xmpp is not enabled", "%s：xmpp 未启用", file)));
        String jid = text(xmpp, "jid");
        if (!jid.matches("[^@\\s/]+@[^@\\s/]+")) {
            found.add(Finding.wrong(language.say(
                    "%s: xmpp.jid must be an address such as chela@example.org",
                    "%s：xmpp.jid 应为形如 chela@example.org 的地址", file)));
            return found;
        }
        found.add(password(file, text(xmpp, "password")));
        String domain = jid.substring(jid.indexOf('@') + 1);
        String host = text(xmpp, "host").isEmpty() ? domain : text(xmpp, "host");
        int port = xmpp.get("port") instanceof Integer number ? number : 5222;
        connect(found, host, port, domain, text(xmpp, "tls"));
        return found;
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }

    private Finding password(Path file, String reference) {
        if (reference.startsWith("file:")) {
            Path path = file.resolveSibling(reference.substring("file:".length()));
            return Files.isReadable(path)
                    ? Finding.fine(language.say("the password is in %s", "密码位于 %s", path))
                    : Finding.wrong(language.say("the password's file %s cannot be read", "无法读取密码文件 %s", path));
        }
        if (reference.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}")) {
            String name = reference.substring(2, reference.length() - 1);
            return environment.containsKey(name)
                    ? Finding.fine(language.say("the password is in the variable %s", "密码位于环境变量 %s", name))
                    : Finding.lacking(language.say(
                            "the variable %s, which holds the password, is not set in this shell; it must be for `./chela up`",
                            "此终端未设置存放密码的环境变量 %s；运行 `./chela up` 时必须设置", name));
        }
        return Finding.wrong(language.say(
                "%s: xmpp.password must be file:/path/to/a/file or ${VARIABLE}",
                "%s：xmpp.password 应为 file:/文件路径 或 ${变量名}", file));
    }

    private void connect(List<Finding> found, String host, int port, String domain, String tls) {
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(host);
            found.add(Finding.fine(language.say("%s is %s", "%s 的地址是 %s", host, address.getHostAddress())));
            socket.connect(new InetSocketAddress(address, port), MILLIS);
            socket.setSoTimeout(MILLIS);
            found.add(Finding.fine(language.say("port %d answers", "端口 %d 可连接", port)));
            found.addAll(judge(features(socket, domain), domain, tls));
        } catch (UnknownHostException _) {
            found.add(Finding.wrong(
                    language.say("the name %s cannot be resolved; set xmpp.host", "无法解析 %s；请设置 xmpp.host", host)));
        } catch (IOException e) {
            found.add(Finding.wrong(language.say("%s port %d: %s", "%s 端口 %d：%s", host, port, Problem.reason(e))));
        }
    }

    /** What the server says to the opening of a stream, up to the end of its features. */
    private static String features(Socket socket, String domain) throws IOException {
        String open = "<?xml version='1.0'?><stream:stream to='" + domain.replaceAll("[<>&'\"]", "")
                + "' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
        socket.getOutputStream().write(open.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        StringBuilder said = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        while (said.length() < LONGEST && !said.toString().matches("(?s).*(</stream:features>|</stream:error>).*")) {
            int count = in.read(buffer);
            if (count < 0) break;
            said.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return said.toString();
    }

    /** What the server's first words mean for a login. */
    List<Finding> judge(String said, String domain, String tls) {
        if (said.contains("host-unknown"))
            return List.of(
                    Finding.wrong(language.say("the server does not know the domain %s", "服务器不认识域名 %s", domain)));
        if (!said.contains("<stream:features"))
            return List.of(Finding.wrong(language.say("what answers there does not speak XMPP", "对方不是 XMPP 服务器")));
        List<Finding> found = new ArrayList<>(
                List.of(Finding.fine(language.say("it speaks XMPP for %s", "它为 %s 提供 XMPP 服务", domain))));
        if (said.contains("urn:ietf:params:xml:ns:xmpp-tls"))
            found.add(Finding.fine(language.say("it offers TLS", "提供 TLS")));
        else if (tls.equals("allow-insecure-loopback"))
            found.add(Finding.lacking(
                    language.say("it offers no TLS; that is allowed on this machine only", "未提供 TLS；仅允许在本机使用")));
        else
            found.add(Finding.wrong(language.say(
                    "it offers no TLS. Give it a certificate, or, for a server on this machine, set tls: allow-insecure-loopback",
                    "未提供 TLS。请为其配置证书；若服务器在本机，可设置 tls: allow-insecure-loopback")));
        return found;
    }
}
