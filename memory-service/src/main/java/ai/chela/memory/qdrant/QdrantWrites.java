package ai.chela.memory.qdrant;

import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;

import ai.chela.memory.index.IndexException;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Step;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointVectors;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.PointsUpdateOperation;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.UpdateBatchPoints;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everything that changes points. Each write waits until the server has applied it, and can be made again. */
final class QdrantWrites {
    /** So many points a call: some hundred kilobytes. */
    private static final int AT_ONCE = 256;

    /** What is in the place of a memory that is gone stays this long: no change is under way for longer. */
    private static final Duration GONE_KEPT = Duration.ofHours(1);

    private final QdrantCalls calls;
    private final String alias;
    private final Clock clock;

    QdrantWrites(QdrantCalls calls, String alias, Clock clock) {
        this.calls = calls;
        this.alias = alias;
        this.clock = clock;
    }

    /** How far these places are; one that is missing is not begun. */
    CompletionStage<Map<Place, Long>> reached(Collection<Place> places) {
        Map<String, Place> points = new HashMap<>();
        for (Place place : places) points.put(Names.place(place), place);
        GetPoints.Builder request = GetPoints.newBuilder()
                .setCollectionName(alias)
                .setWithPayload(WithPayloadSelectorFactory.include(List.of(Names.CHANGE)));
        for (String point : points.keySet()) request.addIds(PointForms.point(point));
        return calls.search("reached", stub -> stub.get(request.build())).thenApply(answer -> {
            Map<Place, Long> reached = new HashMap<>();
            for (RetrievedPoint point : answer.getResultList()) {
                Place place = points.get(point.getId().getUuid());
                if (place != null) reached.put(place, Answers.number(point.getPayloadMap(), Names.CHANGE));
            }
            return reached;
        });
    }

    CompletionStage<Void> apply(Place place, List<Step> steps, long head, long reached) {
        if (head <= reached) return done();
        // of each memory the last word counts
        Map<String, Step> last = new LinkedHashMap<>();
        for (Step step : steps)
            if (step.number() > reached)
                switch (step) {
                    case Step.Put(long _, var entry) -> last.put(entry.id(), step);
                    case Step.Gone(long _, String gone) -> last.put(gone, step);
                }
        return applied(place, List.copyOf(last.values()), 0).thenCompose(_ -> reachedNow(place, head));
    }

    private CompletionStage<Void> applied(Place place, List<Step> steps, int from) {
        if (from >= steps.size()) return done();
        List<Step> some = steps.subList(from, Math.min(steps.size(), from + AT_ONCE));
        UpdateBatchPoints request = UpdateBatchPoints.newBuilder()
                .setCollectionName(alias)
                .setWait(true)
                .addAllOperations(operations(place, some))
                .build();
        return calls.write("apply", stub -> stub.updateBatch(request))
                .thenCompose(_ -> applied(place, steps, from + AT_ONCE));
    }

    private List<PointsUpdateOperation> operations(Place place, List<Step> steps) {
        List<PointStruct> puts = new ArrayList<>();
        List<PointStruct> gone = new ArrayList<>();
        long first = Long.MAX_VALUE;
        for (Step step : steps)
            switch (step) {
                case Step.Put(long number, var entry) -> {
                    puts.add(PointForms.fact(place, entry, number));
                    first = Math.min(first, number);
                }
                case Step.Gone(long number, String id) -> gone.add(PointForms.gone(place, id, number, second()));
            }
        List<PointsUpdateOperation> operations = new ArrayList<>();
        if (!puts.isEmpty()) operations.add(upsert(puts, Filters.notGoneSince(first)));
        if (!gone.isEmpty()) operations.addAll(replaced(gone));
        return operations;
    }

    private static PointsUpdateOperation upsert(List<PointStruct> points, Filter may) {
        return PointsUpdateOperation.newBuilder()
                .setUpsert(PointsUpdateOperation.PointStructList.newBuilder()
                        .addAllPoints(points)
                        .setUpdateFilter(may))
                .build();
    }

    /** Deleted first, so that no vector of the memory is left with what comes in its place. */
    private static List<PointsUpdateOperation> replaced(List<PointStruct> gone) {
        PointsIdsList.Builder ids = PointsIdsList.newBuilder();
        for (PointStruct point : gone) ids.addIds(point.getId());
        return List.of(
                PointsUpdateOperation.newBuilder()
                        .setDeletePoints(PointsUpdateOperation.DeletePoints.newBuilder()
                                .setPoints(PointsSelector.newBuilder().setPoints(ids)))
                        .build(),
                PointsUpdateOperation.newBuilder()
                        .setUpsert(PointsUpdateOperation.PointStructList.newBuilder()
                                .addAllPoints(gone))
                        .build());
    }

    /** Only ever forward. */
    private CompletionStage<Void> reachedNow(Place place, long head) {
        UpsertPoints request = UpsertPoints.newBuilder()
                .setCollectionName(alias)
                .setWait(true)
                .addPoints(PointForms.place(place, head))
                .setUpdateFilter(Filters.reachedLess(head))
                .build();
        return calls.write("reached", stub -> stub.upsert(request)).thenApply(_ -> null);
    }

    CompletionStage<Void> addVectors(Place place, String name, Map<String, float[]> vectors) {
        Map<String, float[]> points = new HashMap<>();
        vectors.forEach((id, values) -> points.put(Names.point(place, id), values));
        return facts(points.keySet()).thenCompose(there -> {
            points.keySet().retainAll(there);
            if (points.isEmpty()) return done();
            UpdatePointVectors.Builder request = UpdatePointVectors.newBuilder()
                    .setCollectionName(alias)
                    .setWait(true)
                    // one that went since was replaced, and stays as it is
                    .setUpdateFilter(Filters.stillFacts());
            points.forEach((point, values) -> request.addPoints(PointVectors.newBuilder()
                    .setId(PointForms.point(point))
                    .setVectors(namedVectors(Map.of(name, vector(values))))));
            return calls.write("vectors", stub -> stub.updateVectors(request.build()))
                    .thenApply(_ -> null);
        });
    }

    private CompletionStage<Set<String>> facts(Set<String> points) {
        GetPoints.Builder request = GetPoints.newBuilder()
                .setCollectionName(alias)
                .setWithPayload(WithPayloadSelectorFactory.include(List.of(Names.KIND)));
        for (String point : points) request.addIds(PointForms.point(point));
        return calls.write("points", stub -> stub.get(request.build())).thenApply(answer -> {
            Set<String> there = new HashSet<>();
            for (RetrievedPoint point : answer.getResultList())
                if (Answers.text(point.getPayloadMap(), Names.KIND).equals(Names.FACT))
                    there.add(point.getId().getUuid());
            return there;
        });
    }

    /** A version that was erased never comes back, under no number. */
    CompletionStage<Void> erase(Place place, List<String> ids) {
        List<PointStruct> gone = ids.stream()
                .map(each -> PointForms.gone(place, each, Long.MAX_VALUE, second()))
                .toList();
        CompletionStage<Void> all = done();
        for (int from = 0; from < gone.size(); from += AT_ONCE) {
            List<PointStruct> some = gone.subList(from, Math.min(gone.size(), from + AT_ONCE));
            all = all.thenCompose(_ -> erased(some));
        }
        return all;
    }

    private CompletionStage<Void> erased(List<PointStruct> gone) {
        UpdateBatchPoints request = UpdateBatchPoints.newBuilder()
                .setCollectionName(alias)
                .setWait(true)
                .addAllOperations(replaced(gone))
                .build();
        return calls.write("erase", stub -> stub.updateBatch(request)).thenCompose(_ -> verified(gone));
    }

    private CompletionStage<Void> verified(List<PointStruct> gone) {
        List<PointId> ids = gone.stream().map(PointStruct::getId).toList();
        GetPoints request = GetPoints.newBuilder()
                .setCollectionName(alias)
                .addAllIds(ids)
                .setWithPayload(WithPayloadSelectorFactory.include(List.of(Names.KIND)))
                .setWithVectors(WithVectorsSelectorFactory.enable(true))
                .build();
        return calls.write("verify", stub -> stub.get(request)).thenAccept(answer -> {
            for (RetrievedPoint point : answer.getResultList())
                if (!Answers.text(point.getPayloadMap(), Names.KIND).equals(Names.GONE)
                        || point.getVectors().getVectors().getVectorsCount() > 0)
                    throw new IndexException("Qdrant still has a memory that was erased; it is erased again");
        });
    }

    CompletionStage<Void> purge() {
        return delete("purge", Filters.goneBefore(second() - GONE_KEPT.toSeconds()));
    }

    CompletionStage<Void> drop(Place place) {
        return delete("drop", Filters.all(place));
    }

    private CompletionStage<Void> delete(String what, Filter filter) {
        DeletePoints request = DeletePoints.newBuilder()
                .setCollectionName(alias)
                .setWait(true)
                .setPoints(PointsSelector.newBuilder().setFilter(filter))
                .build();
        return calls.write(what, stub -> stub.delete(request)).thenApply(_ -> null);
    }

    private long second() {
        return clock.instant().getEpochSecond();
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }
}
