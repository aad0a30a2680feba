package ai.chela.system.fault;

import ai.chela.system.stack.Await;
import ai.chela.system.stack.Needs;
import ai.chela.system.stack.Prosody;
import ai.chela.system.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A chat server, the system's login there, and people who talk to it. */
final class Chats implements AutoCloseable {
    private static final int PEOPLE = 4;

    private final Prosody server;
    private final List<ChatTalk> talks = new ArrayList<>();

    private Chats(Prosody server) {
        this.server = server;
    }

    /** What is missing on this machine for chats to be tried; empty when nothing is. */
    static Optional<String> missing() {
        return Needs.has("prosody") ? Optional.empty() : Optional.of("Prosody is not installed");
    }

    /** Starts the server and connects the stack, which must run. */
    static Chats connect(Stack stack) {
        String[] users = IntStream.rangeClosed(0, PEOPLE)
                .mapToObj(i -> i == 0 ? "chela" : name(i))
                .toArray(String[]::new);
        Chats chats = new Chats(Prosody.start(users));
        try {
            chats.logIn(stack);
            return chats;
        } catch (RuntimeException | AssertionError e) {
            chats.close();
            throw e;
        }
    }

    private static String name(int index) {
        return "chat-" + index;
    }

    private void logIn(Stack stack) {
        for (int i = 1; i <= PEOPLE; i++)
            stack.chela(
                            "person",
                            "add",
                            "Chat " + i,
                            "--id",
                            name(i),
                            "--language",
                            "en",
                            "--xmpp",
                            name(i) + "@localhost")
                    .ok();
        stack.configure("xmpp.password", Prosody.passwordOf("chela"));
        stack.configure("channels.yaml", """
                xmpp:
                  enabled: true
                  jid: chela@localhost
                  password: file:%s
                  host: 127.0.0.1
                  port: %d
                  tls: allow-insecure-loopback
                """.formatted(stack.data().resolve("config/xmpp.password"), server.port()));
        Await.until("XMPP", () -> List.of("http", "http-2").stream().anyMatch(http -> isUp(stack, http)));
    }

    private static boolean isUp(Stack stack, String http) {
        Client client = new Client(
                List.of("http://127.0.0.1:" + stack.listener(http)),
                stack.owner().token());
        return client.view(0, "/api/v1/status").at("/channels/xmpp").asText().equals("up");
    }

    /** People begin to talk. */
    List<ChatTalk> talk(Journal journal, long seed, Duration thinking) {
        for (int i = 1; i <= PEOPLE; i++) talks.add(new ChatTalk(i, name(i), server, journal, seed, thinking));
        return List.copyOf(talks);
    }

    @Override
    public void close() {
        talks.forEach(ChatTalk::close);
        server.close();
    }
}
