package ai.chela.toolrunner.sandbox;

import static ai.chela.toolrunner.sandbox.Probe.python;
import static ai.chela.toolrunner.sandbox.Probe.pythonWithControl;
import static ai.chela.toolrunner.sandbox.Probe.shell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody can be reached: not the host, not its neighbours, not by an odd kind of socket. */
class NetworkProbesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"addresses", "families"})
    void holds(Probe probe) throws InterruptedException {
        probe.holds();
    }

    static Stream<Probe> addresses() {
        return Stream.of(
                python("the metadata service", "connects(socket.AF_INET, ('169.254.169.254', 80))"),
                python("the cluster's service", "connects(socket.AF_INET, ('10.96.0.1', 443))"),
                python("an address of the internet", "connects(socket.AF_INET, ('1.1.1.1', 443))"),
                python(
                        "an address of the internet, version 6",
                        "connects(socket.AF_INET6, ('2606:4700:4700::1111', 443))"),
                python("a link-local address, version 6", "connects(socket.AF_INET6, ('fe80::1', 80))"),
                python("a name", "socket.gethostbyname('example.com') != ''"),
                python(
                        "DNS over UDP",
                        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
                        "s.sendto(b'x' * 20, ('8.8.8.8', 53)) > 0"),
                python(
                        "a broadcast",
                        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                                + "s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)",
                        "s.sendto(b'x', ('255.255.255.255', 9)) > 0"),
                python("the console's own port", "connects(socket.AF_INET, ('127.0.0.1', 8620))"),
                shell(
                        "docker",
                        "python3 -c \"import socket; socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')\""),
                shell("an interface besides loopback", "[ \"$(grep -c : /proc/net/dev)\" -gt 1 ]"));
    }

    static Stream<Probe> families() {
        return Stream.of(
                pythonWithControl("AF_PACKET", "socket.socket(17, socket.SOCK_RAW, 0) is not None"),
                pythonWithControl("raw ICMP", "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1) is not None"),
                pythonWithControl(
                        "raw ICMP, version 6", "socket.socket(socket.AF_INET6, socket.SOCK_RAW, 58) is not None"),
                python("AF_ALG", "socket.socket(38, socket.SOCK_SEQPACKET, 0) is not None"),
                python("AF_VSOCK", "socket.socket(40, socket.SOCK_STREAM, 0) is not None"),
                python("AF_BLUETOOTH", "socket.socket(31, socket.SOCK_RAW, 0) is not None"),
                python("AF_CAN", "socket.socket(29, socket.SOCK_RAW, 1) is not None"),
                python("AF_TIPC", "socket.socket(30, socket.SOCK_SEQPACKET, 0) is not None"),
                python("AF_RDS", "socket.socket(21, socket.SOCK_SEQPACKET, 0) is not None"),
                python("AF_XDP", "socket.socket(44, socket.SOCK_RAW, 0) is not None"),
                python("AF_KEY", "socket.socket(15, socket.SOCK_RAW, 2) is not None"),
                pythonWithControl("NETLINK of the audit", "socket.socket(16, socket.SOCK_RAW, 9) is not None"),
                pythonWithControl("NETLINK of netfilter", "socket.socket(16, socket.SOCK_RAW, 12) is not None"),
                pythonWithControl("NETLINK of device events", "socket.socket(16, socket.SOCK_RAW, 15) is not None"));
    }

    @Test
    void a_listener_on_the_hosts_loopback_is_not_reached() throws IOException, InterruptedException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            pythonWithControl(
                            "a listener on loopback",
                            "connects(socket.AF_INET, ('127.0.0.1', " + listener.getLocalPort() + "))")
                    .holds();
        }
    }

    @Test
    void a_socket_in_a_folder_of_the_host_is_not_reached() throws IOException, InterruptedException {
        Path path = Files.createTempDirectory("chela-probe").resolve("socket");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            pythonWithControl("a socket with a path", "connects(socket.AF_UNIX, '" + path + "')")
                    .holds();
        } finally {
            Files.deleteIfExists(path);
        }
    }

    @Test
    void an_abstract_socket_of_the_host_is_not_reached() throws IOException, InterruptedException {
        Process listener = new ProcessBuilder("/usr/bin/python3", "-c", """
                import socket
                s = socket.socket(socket.AF_UNIX)
                s.bind('\\0chela-probe')
                s.listen(5)
                print('listens', flush=True)
                s.accept()
                """).start();
        try (var reader = listener.inputReader()) {
            org.junit.jupiter.api.Assertions.assertEquals("listens", reader.readLine());
            pythonWithControl("an abstract socket", "connects(socket.AF_UNIX, '\\0chela-probe')")
                    .holds();
        } finally {
            listener.destroyForcibly();
            listener.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
