package ai.chela.memory.qdrant;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.UpdateMode;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.Vectors;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries all points from one collection into another while searches and writes go on in the first. How far each place was is
 * read before anything else and written last, so that what was changed meanwhile is applied again from PostgreSQL. Nothing is
 * overwritten in the second: two instances may carry at once, and one that died leaves nothing that is wrong.
 */
final class CarryOver {
    private static final Logger LOG = Logger.getLogger(CarryOver.class);
    private static final int PAGE = 256;

    private final QdrantCalls calls;
    private final String alias;

    CarryOver(QdrantCalls calls, String alias) {
        this.calls = calls;
        this.alias = alias;
    }

    CompletionStage<Void> from(String old, String fresh) {
        LOG.infof("event=memory.qdrant outcome=carrying alias=%s from=%s to=%s", alias, old, fresh);
        List<PointStruct> places = new ArrayList<>();
        return pages(old, Filters.places(), null, points -> {
                    places.addAll(points);
                    return CompletableFuture.completedStage(null);
                })
                .thenCompose(_ -> pages(old, Filters.notPlaces(), null, points -> insert(fresh, points)))
                .thenCompose(_ -> insert(fresh, places))
                .thenRun(() -> LOG.infof("event=memory.qdrant outcome=carried alias=%s to=%s", alias, fresh));
    }

    private interface Taker {
        CompletionStage<Void> take(List<PointStruct> points);
    }

    private CompletionStage<Void> pages(String from, Filter filter, @Nullable PointId offset, Taker taker) {
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(from)
                .setFilter(filter)
                .setLimit(PAGE)
                .setWithPayload(WithPayloadSelector.newBuilder().setEnable(true))
                .setWithVectors(WithVectorsSelector.newBuilder().setEnable(true));
        if (offset != null) request.setOffset(offset);
        return calls.write("carry over", stub -> stub.scroll(request.build()))
                .thenCompose(page -> taker.take(page.getResultList().stream()
                                .map(CarryOver::same)
                                .toList())
                        .thenCompose(_ -> page.hasNextPageOffset()
                                ? pages(from, filter, page.getNextPageOffset(), taker)
                                : CompletableFuture.completedStage(null)));
    }

    private static PointStruct same(RetrievedPoint point) {
        NamedVectors.Builder vectors = NamedVectors.newBuilder();
        point.getVectors()
                .getVectors()
                .getVectorsMap()
                .forEach((name, vector) -> vectors.putVectors(name, same(vector)));
        Map<String, Value> payload = point.getPayloadMap();
        return PointStruct.newBuilder()
                .setId(point.getId())
                .putAllPayload(payload)
                .setVectors(Vectors.newBuilder().setVectors(vectors))
                .build();
    }

    private static Vector same(VectorOutput vector) {
        return switch (vector.getVectorCase()) {
            case SPARSE -> Vector.newBuilder().setSparse(vector.getSparse()).build();
            case DENSE -> Vector.newBuilder().setDense(vector.getDense()).build();
            case MULTI_DENSE -> throw new IllegalStateException("no collection of ours has these");
            case VECTOR_NOT_SET ->
                Vector.newBuilder()
                        .setDense(DenseVector.newBuilder().addAllData(Answers.old(vector)))
                        .build();
        };
    }

    private CompletionStage<Void> insert(String into, List<PointStruct> points) {
        if (points.isEmpty()) return CompletableFuture.completedStage(null);
        UpsertPoints request = UpsertPoints.newBuilder()
                .setCollectionName(into)
                .setWait(true)
                .setUpdateMode(UpdateMode.InsertOnly)
                .addAllPoints(points)
                .build();
        return calls.write("carry over", stub -> stub.upsert(request)).thenApply(_ -> null);
    }

    CompletionStage<Void> drop(String old) {
        DeleteCollection request =
                DeleteCollection.newBuilder().setCollectionName(old).build();
        return calls.collections("drop", stub -> stub.delete(request))
                .thenAccept(_ -> LOG.infof("event=memory.qdrant outcome=dropped collection=%s", old))
                .exceptionallyCompose(failure -> QdrantCalls.code(failure) == Status.Code.NOT_FOUND
                        ? CompletableFuture.completedStage(null)
                        : CompletableFuture.failedStage(failure));
    }
}
