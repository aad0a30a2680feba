package ai.chela.launcher.supervise;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A question that any healthy process of its kind answers at once, without an account. */
@FunctionalInterface
public interface Probe {
    /** The longest that one question may take, connecting and waiting each. */
    Duration LIMIT = Duration.ofSeconds(5);

    /** True when it answered within {@link #LIMIT}. */
    boolean answers();

    /** A service: its management port says that it is live. One that says it is not, is in need of a restart too. */
    static Probe service(int port) {
        byte[] question = ("GET /q/health/live HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return () -> new String(ask(port, question, 12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
    }

    /** PostgreSQL: whether it would talk TLS. It says S or N, from a process that it makes for the purpose. */
    static Probe postgres(int port) {
        byte[] question = {0, 0, 0, 8, 0x04, (byte) 0xd2, 0x16, 0x2f};
        return () -> ask(port, question, 1).length == 1;
    }

    /** Kafka: which versions it speaks (ApiVersions, version 0), which a broker tells before a client names itself. */
    static Probe kafka(int port) {
        byte[] question = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, (byte) 0xff, (byte) 0xff};
        return () -> ask(port, question, 8).length == 8;
    }

    /** The first bytes of what comes back, fewer when that is all; none when nobody answers. */
    private static byte[] ask(int port, byte[] question, int bytes) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) LIMIT.toMillis());
            socket.setSoTimeout((int) LIMIT.toMillis());
            new DataOutputStream(socket.getOutputStream()).write(question);
            return socket.getInputStream().readNBytes(bytes);
        } catch (IOException _) {
            return new byte[0]; // refused, broken off or silent: the same to whoever asks
        }
    }
}
