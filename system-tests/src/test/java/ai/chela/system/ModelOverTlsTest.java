package ai.chela.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Event;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model behind TLS is talked to only when its certificate can be trusted. */
@ExtendWith(SharedStack.class)
class ModelOverTlsTest {
    private static final String PASSWORD = "only-for-this-test";

    private final Stack stack;

    ModelOverTlsTest(Stack stack) {
        this.stack = stack;
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_in_the_handshake(@TempDir Path folder) throws Exception {
        String before = stack.configuration("models.yaml");
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (SSLServerSocket server = listener(folder);
                Conversation chat = stack.newcomer("en").conversation()) {
            Thread.ofPlatform().daemon().start(() -> listen(server, heard));
            configure(chat, """
                    default: sealed
                    models:
                      - name: sealed
                        provider: openai
                        base-url: https://127.0.0.1:%d/v1
                        model: sealed-1
                        timeout: 5s
                    """.formatted(server.getLocalPort()), "Model: sealed");
            Event answer = chat.ask("the weather makes me sad today");
            assertEquals("failed", answer.kind(), answer.text());
            String alert = heard.poll(30, TimeUnit.SECONDS);
            // what a client says that has read the certificate and does not trust it
            assertTrue(alert != null && alert.contains("certificate_unknown"), "the server heard: " + alert);
        } finally {
            stack.configure("models.yaml", before);
        }
        try (Conversation chat = stack.newcomer("en").conversation()) {
            Await.until("no model", () -> chat.say("/status").contains("none configured"));
        }
    }

    private void configure(Conversation chat, String models, String status) {
        stack.configure("models.yaml", models);
        Await.until(status, () -> chat.say("/status").contains(status));
    }

    /** What each handshake ended with. */
    private static void listen(SSLServerSocket server, BlockingQueue<String> heard) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.setSoTimeout(10_000);
                socket.startHandshake();
                heard.add("the first bytes of a question: "
                        + socket.getInputStream().read());
            } catch (SSLException e) {
                heard.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                if (!server.isClosed()) heard.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /** A listener on loopback with a certificate that it has signed itself. */
    private static SSLServerSocket listener(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("key.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keyalg",
                        "EC",
                        "-alias",
                        "model",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, keytool.waitFor());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }
}
