package ai.chela.memory.qdrant;

import ai.chela.memory.index.History;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The collections that this database has left behind by being restored: they are found by the names of its former histories and
 * dropped. Those of any other database have other names and stay.
 */
final class Others {
    private static final Logger LOG = Logger.getLogger(Others.class);

    private final QdrantCalls calls;
    private final CarryOver carryOver;
    private final String base;
    private final History history;

    Others(QdrantCalls calls, CarryOver carryOver, String base, History history) {
        this.calls = calls;
        this.carryOver = carryOver;
        this.base = base;
        this.history = history;
    }

    /** In the background; what cannot be dropped now is dropped after the next start. */
    void drop() {
        if (!history.restored()) return;
        calls.collections("list", stub -> stub.list(ListCollectionsRequest.getDefaultInstance()))
                .thenCompose(answer -> dropped(
                        answer.getCollectionsList().stream()
                                .map(CollectionDescription::getName)
                                .filter(this::former)
                                .toList(),
                        0))
                .whenComplete((_, failure) -> {
                    if (failure != null)
                        LOG.errorf(failure, "event=memory.qdrant outcome=not-dropped collections-of=%s", base);
                });
    }

    private CompletionStage<Void> dropped(List<String> names, int at) {
        if (at == names.size()) return CompletableFuture.completedStage(null);
        return carryOver.drop(names.get(at)).thenCompose(_ -> dropped(names, at + 1));
    }

    /** Of a former history; or of a version that did not name them, and so of before the restore. */
    private boolean former(String collection) {
        List<String> known = new ArrayList<>(history.former());
        known.remove(history.id());
        return known.stream().anyMatch(id -> collection.startsWith(Names.alias(base, id) + "-"))
                || collection.matches(Pattern.quote(base) + "-\\d{1,3}");
    }
}
