package ai.chela.memory.embedding;

import ai.chela.kit.file.Secret;
import ai.chela.kit.wire.WireJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls an OpenAI-compatible {@code /embeddings} by the JDK's client. Every call is bounded in time and in the size of its
 * answer; redirects are not followed, so that the credential goes nowhere else. Never throws and never waits. Thread-safe.
 */
final class EndpointCalls implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    /** For what stands around the vectors. */
    private static final long BODY = 1L << 20;

    /** A number takes up to 24 characters, and no model has more than these dimensions. */
    private static final long BODY_PER_TEXT = 24L * Introduction.MOST_DIMENSIONS;

    @RegisterForReflection // is written as JSON
    private record Question(String model, List<String> input) {}

    private final HttpClient client;
    private final URI address;
    private final String model;
    private final @Nullable Secret key;
    private final Path base;
    private final Clock clock;

    /**
     * @param base folder that a relative path of the secret starts from
     * @param trusted null for what Java trusts
     */
    EndpointCalls(
            URI address, String model, @Nullable Secret key, Path base, @Nullable SSLContext trusted, Clock clock) {
        this.address = address;
        this.model = model;
        this.key = key;
        this.base = base;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(TO_CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        this.client = (trusted == null ? builder : builder.sslContext(trusted)).build();
    }

    /** @param limit for all of it, from the connection to the last byte of the answer */
    CompletionStage<EndpointAnswer> call(List<String> texts, Duration limit) {
        HttpRequest request;
        try {
            request = request(texts, limit);
        } catch (IOException e) {
            return failed("needs a credential that cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException _) {
            return failed("needs a credential that holds characters which HTTP does not allow");
        }
        CompletableFuture<HttpResponse<byte[]>> response = client.sendAsync(
                request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY + BODY_PER_TEXT * texts.size()));
        return response.copy()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .<EndpointAnswer>handle((answer, failure) -> {
                    if (failure == null) return read(answer, texts.size());
                    response.cancel(true);
                    return new EndpointAnswer.Failed(why(failure, limit));
                });
    }

    private HttpRequest request(List<String> texts, Duration limit) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address)
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.bytes(new Question(model, texts))));
        if (key != null) builder.header("Authorization", "Bearer " + key.resolve(base));
        return builder.build();
    }

    private EndpointAnswer read(HttpResponse<byte[]> answer, int texts) {
        return EndpointAnswer.of(
                answer.statusCode(), answer.headers().firstValue("Retry-After"), answer.body(), texts, clock);
    }

    /** The kind of failure, and what the client says of it; it says nothing of what was sent. */
    private static String why(Throwable failure, Duration limit) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? Objects.requireNonNull(failure.getCause())
                : failure;
        if (cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException)
            return "gives no whole answer within " + limit.toMillis() + " ms";
        return "cannot be asked: " + cause.getClass().getSimpleName()
                + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }

    private static CompletionStage<EndpointAnswer> failed(String why) {
        return CompletableFuture.completedStage(new EndpointAnswer.Failed(why));
    }

    /** Calls under way end with the process. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
