package ai.chela.system.fault;

import ai.chela.system.api.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One person's way to all gateways. It goes to another one when the one it talks to is silent, as a good client does. */
final class Client {
    /** Longer than a gateway needs, shorter than a pause of one. */
    private static final Duration ANSWER = Duration.ofSeconds(6);
    /** Longer than the pause between two signs of life on a stream. */
    /** Between two attempts, where nobody says how long to wait. */
    private static final Duration SOON = Duration.ofMillis(150);

    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    private final List<String> gateways;
    private final String token;
    private final Consumer<Entry.Offered> offers;

    /** @param gateways such as {@code http://127.0.0.1:8620}, at least one */
    Client(List<String> gateways, String token) {
        this(gateways, token, _ -> {});
    }

    /** @param offers told how each attempt to hand a message in went */
    Client(List<String> gateways, String token, Consumer<Entry.Offered> offers) {
        this.gateways = List.copyOf(gateways);
        this.token = token;
        this.offers = offers;
    }

    List<String> gateways() {
        return gateways;
    }

    /** How one attempt to hand a message in went. */
    sealed interface Offer {
        record Taken() implements Offer {}

        /**
         * It may or may not be stored: the same is to be offered again.
         *
         * @param pause before that, as the gateway said, if it did
         */
        record Unsure(String why, Duration pause) implements Offer {}
    }

    /**
     * Hands a message to a gateway.
     *
     * @param gateway which one, counted from 0; any number will do
     * @throws AssertionError when it is refused for good
     */
    Offer offer(int gateway, String conversation, String id, String text) {
        Instant began = Instant.now();
        try {
            HttpURLConnection connection = open(gateway, "/api/v1/conversations/" + conversation + "/messages", ANSWER);
            post(connection, Json.write(Map.of("id", id, "text", text)));
            int status = connection.getResponseCode();
            int later = connection.getHeaderFieldInt("Retry-After", 0);
            offered(began, gateway, status, later > 0);
            if (status == ACCEPTED) {
                connection.getInputStream().readAllBytes();
                return new Offer.Taken();
            }
            if (status == CONFLICT || status == 400 || status == 401)
                throw new AssertionError(id + " in " + conversation + " was refused for good: " + status);
            return new Offer.Unsure("status " + status, later > 0 ? Duration.ofSeconds(later) : SOON);
        } catch (IOException e) {
            offered(began, gateway, 0, false);
            return new Offer.Unsure(String.valueOf(e.getMessage()), SOON);
        }
    }

    private void offered(Instant began, int gateway, int status, boolean later) {
        String base = gateways.get(Math.floorMod(gateway, gateways.size()));
        offers.accept(new Entry.Offered(Instant.now(), began, base, status, later));
    }

    /** How one attempt to decide on an approval went. */
    enum Deciding {
        PASSED,
        /** Somebody was quicker. */
        CLOSED,
        /** It may or may not be stored: the same is to be said again. */
        UNSURE,
        /** Refused for good: no such approval, or no right to decide. */
        REFUSED
    }

    /** Decides on an approval over the API. */
    Deciding decide(int gateway, String code, boolean approve) {
        try {
            HttpURLConnection connection = open(gateway, "/api/v1/approvals/" + code, ANSWER);
            post(connection, Json.write(Map.of("decision", approve ? "approve" : "deny")));
            return switch (connection.getResponseCode()) {
                case ACCEPTED -> Deciding.PASSED;
                case CONFLICT -> Deciding.CLOSED;
                case 400, 401, 403, 404 -> Deciding.REFUSED;
                default -> Deciding.UNSURE;
            };
        } catch (IOException _) {
            return Deciding.UNSURE;
        }
    }

    private static void post(HttpURLConnection connection, String body) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The events of a conversation, from one gateway until it breaks off, then from the next, without a gap. */
    void follow(int gateway, String conversation, Consumer<Entry.Seen> seen, BooleanSupplier over) {
        long last = 0;
        for (int attempt = gateway; !over.getAsBoolean(); attempt++) {
            try {
                HttpURLConnection connection =
                        open(attempt, "/api/v1/conversations/" + conversation + "/events", SILENCE);
                connection.setRequestProperty("Accept", "text/event-stream");
                connection.setRequestProperty("Last-Event-ID", Long.toString(last));
                try (InputStream body = connection.getInputStream()) {
                    last = read(body, conversation, last, seen, over);
                } finally {
                    connection.disconnect();
                }
            } catch (IOException _) {
                Pause.briefly(); // the next gateway is tried; all may be away for a moment
            }
        }
    }

    private static long read(
            InputStream body, String conversation, long after, Consumer<Entry.Seen> seen, BooleanSupplier over)
            throws IOException {
        long last = after;
        String kind = "";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            while (!over.getAsBoolean()) {
                String line;
                try {
                    line = lines.readLine();
                } catch (IOException _) {
                    return last; // broken off or silent for too long: the caller goes on elsewhere from here
                }
                if (line == null) return last;
                if (line.startsWith("event:")) kind = line.substring(6).strip();
                if (!line.startsWith("data:")) continue;
                JsonNode data = Json.read(line.substring(5));
                if (!data.path("number").isNumber()) continue;
                last = data.path("number").asLong();
                seen.accept(event(conversation, kind, data));
            }
        }
        return last;
    }

    private static Entry.Seen event(String conversation, String kind, JsonNode data) {
        return new Entry.Seen(
                Instant.now(),
                conversation,
                data.path("number").asLong(),
                kind,
                text(data, "inReplyTo"),
                data.path("text").asText(),
                text(data, "code"));
    }

    private static @Nullable String text(JsonNode data, String field) {
        return data.path(field).isTextual() ? data.path(field).asText() : null;
    }

    /** All that a gateway tells of a conversation. */
    Entry.Stored stored(int gateway, String conversation) {
        List<Entry.Seen> events = new ArrayList<>();
        long after = 0;
        while (true) {
            JsonNode page = view(gateway, "/api/v1/conversations/" + conversation + "/messages?after=" + after);
            for (JsonNode message : page.path("messages"))
                events.add(event(conversation, message.path("type").asText(), message));
            if (!page.path("more").asBoolean())
                return new Entry.Stored(Instant.now(), conversation, gateways.get(gateway % gateways.size()), events);
            after = page.path("last").asLong();
        }
    }

    /**
     * What a GET brings.
     *
     * @throws UncheckedIOException when it does not answer with 200
     */
    JsonNode view(int gateway, String path) {
        try {
            return Json.read(
                    new String(open(gateway, path, SILENCE).getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private HttpURLConnection open(int gateway, String path, Duration patience) throws IOException {
        String base = gateways.get(Math.floorMod(gateway, gateways.size()));
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        connection.setConnectTimeout((int) ANSWER.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }
}
