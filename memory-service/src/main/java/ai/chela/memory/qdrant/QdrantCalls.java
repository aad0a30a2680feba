package ai.chela.memory.qdrant;

import ai.chela.kit.file.Secret;
import ai.chela.memory.index.IndexException;
import ai.chela.memory.remote.Breaker;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsFutureStub;
import io.qdrant.client.grpc.PointsGrpc.PointsFutureStub;
import io.qdrant.client.grpc.QdrantGrpc.QdrantFutureStub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Calls to a Qdrant server, each with its own time limit. What fails does so with {@link IndexException}, without content. A
 * server that is away or hangs is left alone for a while, so that nobody waits for it at each question. Thread-safe.
 */
final class QdrantCalls implements AutoCloseable {
    /** A search of the most candidates with vectors of the most dimensions. */
    private static final int LARGEST_ANSWER = 64 << 20;

    /** What the server says of an error is cut to this much. */
    private static final int MOST_OF_A_MESSAGE = 200;

    private static final Metadata.Key<String> KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    private final QdrantSettings settings;
    private final ManagedChannel channel;
    private final QdrantGrpcClient client;
    private final Breaker breaker;

    QdrantCalls(QdrantSettings settings, Clock clock) {
        this.settings = settings;
        this.breaker = new Breaker(clock);
        this.channel = Grpc.newChannelBuilderForAddress(settings.host(), settings.port(), credentials(settings))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(LARGEST_ANSWER)
                .keepAliveTime(60, TimeUnit.SECONDS)
                .build();
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(channel, false, false);
        Secret key = settings.key();
        if (key != null) builder.withCallCredentials(new ReadAtTheCall(key, settings.base()));
        this.client = builder.build();
    }

    private static ChannelCredentials credentials(QdrantSettings settings) {
        if (!settings.tls()) return InsecureChannelCredentials.create();
        TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder();
        if (settings.trusted() != null) builder.trustManager(settings.trusted());
        return builder.build();
    }

    /** What keeps it from answering; told from other errors, which are answers. */
    private static boolean away(Status.Code code) {
        return switch (code) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNKNOWN, INTERNAL -> true;
            case OK,
                    CANCELLED,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    DATA_LOSS,
                    UNAUTHENTICATED -> false;
        };
    }

    /** A call that somebody waits for. */
    <T> CompletionStage<T> search(String what, Function<PointsFutureStub, ListenableFuture<T>> call) {
        return made(what, () -> call.apply(client.points().withDeadlineAfter(millis(settings.search()), MILLIS)));
    }

    <T> CompletionStage<T> write(String what, Function<PointsFutureStub, ListenableFuture<T>> call) {
        return made(what, () -> call.apply(client.points().withDeadlineAfter(millis(settings.write()), MILLIS)));
    }

    <T> CompletionStage<T> collections(String what, Function<CollectionsFutureStub, ListenableFuture<T>> call) {
        return made(what, () -> call.apply(client.collections().withDeadlineAfter(millis(settings.write()), MILLIS)));
    }

    <T> CompletionStage<T> server(String what, Function<QdrantFutureStub, ListenableFuture<T>> call) {
        return made(what, () -> call.apply(client.qdrant().withDeadlineAfter(millis(settings.search()), MILLIS)));
    }

    private static final TimeUnit MILLIS = TimeUnit.MILLISECONDS;

    private static long millis(Duration duration) {
        return duration.toMillis();
    }

    private interface Call<T> {
        ListenableFuture<T> start();
    }

    private <T> CompletionStage<T> made(String what, Call<T> call) {
        if (!breaker.mayCall())
            return CompletableFuture.failedStage(new IndexException("Qdrant is away and is left alone for a while"));
        CompletableFuture<T> done = new CompletableFuture<>();
        ListenableFuture<T> started = call.start();
        started.addListener(() -> take(what, started, done), Runnable::run);
        return done;
    }

    private <T> void take(String what, ListenableFuture<T> made, CompletableFuture<T> done) {
        try {
            T answer = made.get();
            breaker.worked();
            done.complete(answer);
        } catch (ExecutionException e) {
            Status status = Status.fromThrowable(e);
            if (away(status.getCode())) breaker.failed();
            else breaker.worked();
            done.completeExceptionally(failure(what, status, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done.completeExceptionally(new IndexException("interrupted", e));
        }
    }

    private static IndexException failure(String what, Status status, Throwable cause) {
        String said = status.getDescription() == null ? "" : ": " + status.getDescription();
        String line = said.replaceAll("\\p{Cntrl}", " ");
        return new IndexException(
                "Qdrant, " + what + ", " + status.getCode()
                        + line.substring(0, Math.min(line.length(), MOST_OF_A_MESSAGE)),
                cause);
    }

    /** What the server answered, where it is an error; {@code UNKNOWN} where it is none of the server's. */
    static Status.Code code(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            Status.Code code = Status.fromThrowable(each).getCode();
            if (code != Status.Code.UNKNOWN) return code;
        }
        return Status.Code.UNKNOWN;
    }

    /** Calls under way fail. */
    @Override
    public void close() {
        client.close();
        channel.shutdownNow();
    }

    /** So a key that is exchanged needs no restart. */
    private static final class ReadAtTheCall extends CallCredentials {
        private final Secret key;
        private final Path base;

        ReadAtTheCall(Secret key, Path base) {
            this.key = key;
            this.base = base;
        }

        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            executor.execute(() -> {
                try {
                    Metadata headers = new Metadata();
                    headers.put(KEY, key.resolve(base));
                    applier.apply(headers);
                } catch (IOException e) {
                    applier.fail(Status.UNAUTHENTICATED.withDescription(
                            "chela.memory.qdrant.api-key cannot be read: " + e.getMessage()));
                }
            });
        }
    }
}
