package ai.chela.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Event;
import ai.chela.system.api.Json;
import ai.chela.system.stack.Await;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model behind TLS is talked to only when its certificate can be trusted. */
@ExtendWith(SharedStack.class)
class ModelOverTlsTest {
    private static final String ASKED = "a question began with ";
    private static final String PASSWORD = "only-for-this-test";

    private final Stack stack;

    ModelOverTlsTest(Stack stack) {
        this.stack = stack;
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_in_the_handshake(@TempDir Path folder) throws Exception {
        String before = stack.configuration("models.yaml");
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        AtomicInteger shown = new AtomicInteger();
        try (SSLServerSocket server = listener(folder, shown::incrementAndGet);
                Conversation chat = stack.newcomer("en").conversation()) {
            Thread.ofPlatform().daemon().start(() -> listen(server, heard));
            configure(chat, sealed(server.getLocalPort()), "Model: sealed");
            Event answer = chat.ask("the weather makes me sad today");
            assertEquals("failed", answer.kind(), answer.text());
            // some clients say why, some hang up
            String end = heard.poll(30, TimeUnit.SECONDS);
            assertTrue(end != null && !end.startsWith(ASKED), "the server heard: " + end);
            assertTrue(shown.get() > 0, "no certificate was shown; the server heard: " + end);
        } finally {
            stack.configure("models.yaml", before);
        }
        noModel();
    }

    @Test
    void a_model_whose_certificate_the_named_file_vouches_for_answers(@TempDir Path folder) throws Exception {
        String before = stack.configuration("models.yaml");
        KeyStore store = certificate(folder);
        Path file = pem(folder.resolve("ca.pem"), store);
        HttpsServer server = speaking(context(keys(store).getKeyManagers()), "the sun comes back tomorrow");
        try (Conversation chat = stack.newcomer("en").conversation()) {
            configure(chat, sealed(server.getAddress().getPort()) + "    ca-file: " + file + "\n", "Model: sealed");
            Event answer = chat.ask("the weather makes me sad today");
            assertTrue(answer.text().contains("the sun comes back tomorrow"), answer.text());
        } finally {
            server.stop(0);
            stack.configure("models.yaml", before);
        }
        noModel();
    }

    private static String sealed(int port) {
        return """
                default: sealed
                models:
                  - name: sealed
                    provider: openai
                    base-url: https://127.0.0.1:%d/v1
                    model: sealed-1
                    timeout: 5s
                """.formatted(port);
    }

    private void noModel() {
        try (Conversation chat = stack.newcomer("en").conversation()) {
            Await.until("no model", () -> chat.say("/status").contains("none configured"));
        }
    }

    /** A model that has one answer, in two pieces. */
    private static HttpsServer speaking(SSLContext context, String answer) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/v1/chat/completions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            int half = answer.length() / 2;
            try (OutputStream body = exchange.getResponseBody()) {
                for (String piece : List.of(answer.substring(0, half), answer.substring(half)))
                    body.write(event(Map.of("index", 0, "delta", Map.of("content", piece))));
                body.write(event(Map.of("index", 0, "delta", Map.of(), "finish_reason", "stop")));
                body.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        return server;
    }

    private static byte[] event(Map<String, Object> choice) {
        Map<String, Object> chunk =
                Map.of("id", "1", "object", "chat.completion.chunk", "model", "sealed-1", "choices", List.of(choice));
        return ("data: " + Json.write(chunk) + "\n\n").getBytes(StandardCharsets.UTF_8);
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
                heard.add(ASKED + socket.getInputStream().read());
            } catch (SSLException e) {
                heard.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                if (!server.isClosed()) heard.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /** A listener on loopback with a certificate that it has signed itself. */
    private static SSLServerSocket listener(Path folder, Runnable shown)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyManagerFactory keys = keys(certificate(folder));
        return (SSLServerSocket) context(new Telling((X509ExtendedKeyManager) keys.getKeyManagers()[0], shown))
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static KeyManagerFactory keys(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return keys;
    }

    private static SSLContext context(KeyManager... keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, null, null);
        return context;
    }

    private static Path pem(Path file, KeyStore store) throws IOException, GeneralSecurityException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate("model").getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
    }

    /** A key with a certificate that it has signed itself. */
    private static KeyStore certificate(Path folder)
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
        return store;
    }

    /** Tells when a client's greeting was understood, so that the certificate is shown next. */
    private static final class Telling extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;
        private final Runnable shown;

        private Telling(X509ExtendedKeyManager keys, Runnable shown) {
            this.keys = keys;
            this.shown = shown;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
            String alias = keys.chooseServerAlias(type, issuers, socket);
            if (alias != null) shown.run();
            return alias;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return keys.getClientAliases(type, issuers);
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
            return keys.chooseClientAlias(types, issuers, socket);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
