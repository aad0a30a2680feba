package ai.chela.memory.qdrant;

import ai.chela.memory.index.IndexException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Failures of stages, without what stages wrap them in. */
final class Failures {
    private Failures() {}

    /** Always one that the port promises. */
    static IndexException unwrapped(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) cause = cause.getCause();
        return cause instanceof IndexException known
                ? known
                : new IndexException("Qdrant: " + failure.getClass().getSimpleName(), failure);
    }

    static String message(Throwable failure) {
        return String.valueOf(unwrapped(failure).getMessage());
    }
}
