package ai.chela.memory.recall;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Work away from the event loop whose results arrive on the context that asked, where its session may be used again. */
@ApplicationScoped
class OffLoop {
    private final Vertx vertx;

    OffLoop(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Computes on a worker thread, when somebody subscribes. */
    <T extends @Nullable Object> Uni<T> compute(Callable<T> computation) {
        return Uni.createFrom()
                .emitter(emitter -> vertx.getOrCreateContext()
                        .executeBlocking(computation, false)
                        .onComplete(result -> {
                            if (result.succeeded()) emitter.complete(result.result());
                            else emitter.fail(Objects.requireNonNull(result.cause()));
                        }));
    }

    /** What another thread makes; its failure arrives as it was thrown. */
    <T extends @Nullable Object> Uni<T> arrive(CompletionStage<T> stage) {
        Context context = vertx.getOrCreateContext();
        return Uni.createFrom()
                .emitter(emitter -> stage.whenComplete((item, failure) -> context.runOnContext(_ -> {
                    if (failure == null) emitter.complete(item);
                    else emitter.fail(cause(failure));
                })));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
