package ai.chela.memory.qdrant;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc.QdrantImplBase;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * As much of a Qdrant server as we use, in memory, over real gRPC by the service classes of its own client: so what is sent
 * fits the published protocol. It keeps to what the server's documentation says of filters, conditional writes and vectors, and
 * refuses what we must never send: anything about memories without a tenant and a scope.
 */
final class FakeQdrant implements AutoCloseable {
    private static final Metadata.Key<String> KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    /** By name; aliases point to names. */
    final Map<String, FakeCollection> collections = new LinkedHashMap<>();

    final Map<String, String> aliases = new LinkedHashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private volatile String version = "1.18.1";
    private volatile @Nullable Status broken;
    private volatile boolean hanging;
    private Server server;

    FakeQdrant() {
        this(InsecureServerCredentials.create(), 0);
    }

    FakeQdrant(ServerCredentials credentials, int port) {
        try {
            server = Grpc.newServerBuilderForPort(port, credentials)
                    .addService(new FakePoints(this))
                    .addService(new FakeCollections(this))
                    .addService(new Health())
                    .intercept(new Gate())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return server.getPort();
    }

    void version(String next) {
        version = next;
    }

    /** Every call fails so from now on; null for none. */
    void fail(@Nullable Status status) {
        broken = status;
    }

    /** Calls are taken and never answered. */
    void hang(boolean hang) {
        hanging = hang;
    }

    /** Names of the calls that came, in their order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    /** All that is stored, by name or alias. */
    synchronized FakeCollection collection(String name) {
        FakeCollection found = collections.get(aliases.getOrDefault(name, name));
        if (found == null)
            throw new StatusRuntimeException(
                    Status.NOT_FOUND.withDescription("Not found: Collection `" + name + "` doesn't exist!"));
        return found;
    }

    /** The one behind the only alias that begins so. */
    synchronized FakeCollection behind(String base) {
        List<String> found =
                aliases.keySet().stream().filter(it -> it.startsWith(base)).toList();
        if (found.size() != 1) throw new AssertionError("aliases: " + aliases.keySet());
        return collection(found.getFirst());
    }

    /** Answers a call with what the work makes, or with its error. */
    <Q, A> void answer(Q request, StreamObserver<A> observer, Function<Q, A> work) {
        try {
            A answer;
            synchronized (this) {
                answer = work.apply(request);
            }
            observer.onNext(answer);
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        } catch (RuntimeException | AssertionError e) {
            observer.onError(Status.INVALID_ARGUMENT
                    .withDescription(String.valueOf(e.getMessage()))
                    .withCause(e)
                    .asRuntimeException());
        }
    }

    private final class Health extends QdrantImplBase {
        @Override
        public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> observer) {
            answer(
                    request,
                    observer,
                    _ -> HealthCheckReply.newBuilder()
                            .setTitle("fake")
                            .setVersion(version)
                            .build());
        }
    }

    private final class Gate implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            calls.add(String.valueOf(call.getMethodDescriptor().getBareMethodName()));
            keys.add(String.valueOf(headers.get(KEY)));
            Status status = broken;
            if (status != null) call.close(status, new Metadata());
            return status == null && !hanging ? next.startCall(call, headers) : new ServerCall.Listener<>() {};
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
