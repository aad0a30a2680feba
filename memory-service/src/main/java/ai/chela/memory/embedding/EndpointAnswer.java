package ai.chela.memory.embedding;

import ai.chela.kit.wire.MalformedRecordException;
import ai.chela.kit.wire.WireJson;
import ai.chela.memory.embedding.Embedder.Vector;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of one call of an embedding endpoint. */
sealed interface EndpointAnswer {
    /**
     * @param values in the order of the texts, all of one length and each of length 1
     */
    record Vectors(List<float[]> values) implements EndpointAnswer {}

    /** It will not take these texts; fewer or shorter ones perhaps. */
    record Refused(int status) implements EndpointAnswer {}

    /** It asks to be left alone for a while. */
    record Later(Duration pause) implements EndpointAnswer {}

    /** Something went wrong. @param why for the log; nothing of what was sent, and no credential */
    record Failed(String why) implements EndpointAnswer {}

    /** Where an endpoint names no time. */
    Duration SOME_TIME = Duration.ofSeconds(5);

    /** The form of the interface, as far as it is looked at. */
    @RegisterForReflection // is read from JSON
    record Body(@Nullable List<@Nullable Item> data) {}

    /** @param index null with servers that leave it out: then the order counts */
    @RegisterForReflection // is read from JSON
    record Item(@Nullable Integer index, float @Nullable [] embedding) {}

    /** Reads an answer with any status. */
    static EndpointAnswer of(int status, Optional<String> retryAfter, byte[] body, int texts, Clock clock) {
        return switch (status) {
            case 200 -> vectors(body, texts);
            case 400, 413, 422 -> new Refused(status);
            case 429 -> new Later(pause(retryAfter, clock).orElse(SOME_TIME));
            case 503 ->
                pause(retryAfter, clock)
                        .<EndpointAnswer>map(Later::new)
                        .orElseGet(() -> new Failed("answers with status 503"));
            case 401, 403 ->
                new Failed("answers with status " + status + ": see chela.memory.embedding-endpoint.api-key");
            case 404 ->
                new Failed("answers with status 404: see chela.memory.embedding-endpoint.base-url, which ends before"
                        + " /embeddings, and .model");
            default -> new Failed("answers with status " + status);
        };
    }

    /** Seconds or a date, as HTTP has it. */
    private static Optional<Duration> pause(Optional<String> retryAfter, Clock clock) {
        return retryAfter.map(String::strip).flatMap(text -> {
            if (text.matches("\\d{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            try {
                Duration until = Duration.between(
                        clock.instant(),
                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
                return Optional.of(until.isNegative() ? Duration.ZERO : until);
            } catch (DateTimeException _) {
                return Optional.empty(); // not what HTTP allows: as if it was not there
            }
        });
    }

    private static EndpointAnswer vectors(byte[] json, int texts) {
        try {
            Body body = WireJson.read(json, Body.class);
            List<@Nullable Item> items = body.data();
            if (items == null || items.size() != texts)
                return new Failed(
                        "answers with " + (items == null ? 0 : items.size()) + " vectors for " + texts + " texts");
            return inOrder(items);
        } catch (MalformedRecordException e) {
            return new Failed("answers with what is no list of embeddings in JSON");
        }
    }

    private static EndpointAnswer inOrder(List<@Nullable Item> items) {
        float[][] values = new float[items.size()][];
        for (int i = 0; i < values.length; i++) {
            Item item = items.get(i);
            if (item == null || item.embedding() == null) return new Failed("answers with an empty vector");
            int place = item.index() == null ? i : item.index();
            if (place < 0 || place >= values.length || values[place] != null)
                return new Failed("answers with the index " + place + " where it cannot be");
            values[place] = item.embedding();
        }
        for (float[] vector : values) {
            String wrong = wrong(vector, values[0].length);
            if (wrong != null) return new Failed(wrong);
            Vector.ofLengthOne(vector);
        }
        return new Vectors(Arrays.asList(values));
    }

    private static @Nullable String wrong(float[] vector, int dimensions) {
        if (vector.length == 0 || vector.length > Introduction.MOST_DIMENSIONS)
            return "answers with a vector of " + vector.length + " numbers";
        if (vector.length != dimensions) return "answers with vectors of different lengths";
        boolean some = false;
        for (float value : vector) {
            if (!Float.isFinite(value)) return "answers with a vector that has no numbers in it";
            some |= value != 0;
        }
        return some ? null : "answers with a vector of zeros";
    }
}
