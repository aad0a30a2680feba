package ai.chela.memory.qdrant;

import ai.chela.memory.qdrant.FakeCollection.Point;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.CreateVectorNameRequest;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.DeleteVectorNameRequest;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.FacetResponse;
import io.qdrant.client.grpc.Points.FacetValue;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.PointsUpdateOperation;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateBatchPoints;
import io.qdrant.client.grpc.Points.UpdateBatchResponse;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorInput;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import io.qdrant.client.grpc.PointsGrpc.PointsImplBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Points of the fake server. */
final class FakePoints extends PointsImplBase {
    private static final PointsOperationResponse OK = PointsOperationResponse.getDefaultInstance();

    private final FakeQdrant server;

    FakePoints(FakeQdrant server) {
        this.server = server;
    }

    private static void waits(boolean waits) {
        if (!waits) throw FakeCollection.wrong("a write that does not wait is not seen by the next search");
    }

    /** Of the tenant alone or the scope alone is not enough. */
    private static void mustNameAPlace(Filter filter) {
        Set<String> named = new HashSet<>();
        for (Condition condition : filter.getMustList())
            if (condition.getField().getMatch().hasKeyword())
                named.add(condition.getField().getKey());
        if (!named.containsAll(List.of(Names.TENANT, Names.SCOPE)))
            throw FakeCollection.wrong("memories were asked for without a tenant and a scope");
    }

    private static boolean ofKind(Filter filter, String kind) {
        return filter.getMustList().stream()
                .anyMatch(condition -> condition.getField().getKey().equals(Names.KIND)
                        && condition.getField().getMatch().getKeyword().equals(kind));
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            waits(request.getWait());
            server.collection(request.getCollectionName())
                    .upsert(request.getPointsList(), request.getUpdateFilter(), request.getUpdateMode());
            return OK;
        });
    }

    @Override
    public void updateBatch(UpdateBatchPoints request, StreamObserver<UpdateBatchResponse> observer) {
        server.answer(request, observer, _ -> {
            waits(request.getWait());
            FakeCollection collection = server.collection(request.getCollectionName());
            for (PointsUpdateOperation operation : request.getOperationsList())
                switch (operation.getOperationCase()) {
                    case UPSERT ->
                        collection.upsert(
                                operation.getUpsert().getPointsList(),
                                operation.getUpsert().getUpdateFilter(),
                                operation.getUpsert().getUpdateMode());
                    case DELETE_POINTS ->
                        delete(collection, operation.getDeletePoints().getPoints());
                    default -> throw FakeCollection.wrong("not made for this");
                }
            return UpdateBatchResponse.getDefaultInstance();
        });
    }

    @Override
    public void updateVectors(UpdatePointVectors request, StreamObserver<PointsOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            waits(request.getWait());
            server.collection(request.getCollectionName())
                    .updateVectors(request.getPointsList(), request.getUpdateFilter());
            return OK;
        });
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            waits(request.getWait());
            Filter filter = request.getPoints().getFilter();
            if (!ofKind(filter, Names.GONE)) mustNameAPlace(filter);
            delete(server.collection(request.getCollectionName()), request.getPoints());
            return OK;
        });
    }

    private static void delete(FakeCollection collection, PointsSelector selector) {
        if (selector.hasPoints())
            selector.getPoints().getIdsList().forEach(id -> collection.points.remove(id.getUuid()));
        else
            collection
                    .matching(selector.getFilter())
                    .forEach(point -> collection.points.remove(point.id().getUuid()));
    }

    @Override
    public void get(GetPoints request, StreamObserver<GetResponse> observer) {
        server.answer(request, observer, _ -> {
            FakeCollection collection = server.collection(request.getCollectionName());
            GetResponse.Builder answer = GetResponse.newBuilder();
            request.getIdsList().forEach(id -> {
                Point point = collection.points.get(id.getUuid());
                if (point != null) answer.addResult(retrieved(collection, point, request.getWithVectors()));
            });
            return answer.build();
        });
    }

    private static RetrievedPoint retrieved(FakeCollection collection, Point point, WithVectorsSelector vectors) {
        return RetrievedPoint.newBuilder()
                .setId(point.id())
                .putAllPayload(point.payload())
                .setVectors(FakeCollection.output(point, names(collection, vectors)))
                .build();
    }

    private static Set<String> names(FakeCollection collection, WithVectorsSelector selector) {
        Set<String> names = new HashSet<>(selector.getInclude().getNamesList());
        if (selector.getEnable()) {
            names.addAll(collection.dense.keySet());
            names.addAll(collection.sparse);
        }
        return names;
    }

    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> observer) {
        server.answer(request, observer, _ -> {
            Filter filter = request.getFilter();
            boolean carriedOver =
                    !filter.getMustNotList().isEmpty() && filter.getMustList().isEmpty();
            if (!ofKind(filter, Names.PLACE) && !carriedOver) mustNameAPlace(filter);
            FakeCollection collection = server.collection(request.getCollectionName());
            ScrollResponse.Builder answer = ScrollResponse.newBuilder();
            String from = request.hasOffset() ? request.getOffset().getUuid() : "";
            for (Point point : collection.matching(filter)) {
                if (point.id().getUuid().compareTo(from) < 0) continue;
                if (answer.getResultCount() == request.getLimit())
                    return answer.setNextPageOffset(point.id()).build();
                answer.addResult(retrieved(collection, point, request.getWithVectors()));
            }
            return answer.build();
        });
    }

    @Override
    public void count(CountPoints request, StreamObserver<CountResponse> observer) {
        server.answer(request, observer, _ -> {
            mustNameAPlace(request.getFilter());
            int count = server.collection(request.getCollectionName())
                    .matching(request.getFilter())
                    .size();
            return CountResponse.newBuilder()
                    .setResult(CountResult.newBuilder().setCount(count))
                    .build();
        });
    }

    @Override
    public void facet(FacetCounts request, StreamObserver<FacetResponse> observer) {
        server.answer(request, observer, _ -> {
            mustNameAPlace(request.getFilter());
            FakeCollection collection = server.collection(request.getCollectionName());
            if (!collection.indexed.contains(request.getKey())) throw FakeCollection.wrong("No appropriate index");
            Map<Long, Long> counts = new TreeMap<>();
            for (Point point : collection.matching(request.getFilter()))
                FakeCollection.values(point, request.getKey())
                        .forEach(value -> counts.merge(value.getIntegerValue(), 1L, Long::sum));
            FacetResponse.Builder answer = FacetResponse.newBuilder();
            counts.forEach((value, count) -> answer.addHits(FacetHit.newBuilder()
                    .setValue(FacetValue.newBuilder().setIntegerValue(value))
                    .setCount(count)));
            return answer.build();
        });
    }

    @Override
    public void queryBatch(QueryBatchPoints request, StreamObserver<QueryBatchResponse> observer) {
        server.answer(request, observer, _ -> {
            FakeCollection collection = server.collection(request.getCollectionName());
            QueryBatchResponse.Builder answer = QueryBatchResponse.newBuilder();
            for (QueryPoints query : request.getQueryPointsList()) {
                mustNameAPlace(query.getFilter());
                answer.addResult(BatchResult.newBuilder().addAllResult(nearest(collection, query)));
            }
            return answer.build();
        });
    }

    private static List<ScoredPoint> nearest(FakeCollection collection, QueryPoints query) {
        VectorInput wanted = query.getQuery().getNearest();
        List<ScoredPoint> scored = new ArrayList<>();
        for (Point point : collection.matching(query.getFilter())) {
            Vector vector = point.vectors().get(query.getUsing());
            if (vector == null) continue;
            double score = wanted.hasSparse()
                    ? sparse(collection, query.getUsing(), wanted, vector)
                    : dense(wanted.getDense().getDataList(), vector.getDense().getDataList());
            if (wanted.hasSparse() && score == 0) continue;
            scored.add(ScoredPoint.newBuilder()
                    .setId(point.id())
                    .putAllPayload(only(
                            point.payload(), query.getWithPayload().getInclude().getFieldsList()))
                    .setScore((float) score)
                    .setVectors(FakeCollection.output(point, names(collection, query.getWithVectors())))
                    .build());
        }
        scored.sort(Comparator.comparingDouble(point -> -point.getScore()));
        return scored.subList(0, (int) Math.min(scored.size(), query.getLimit()));
    }

    private static Map<String, Value> only(Map<String, Value> payload, List<String> fields) {
        Map<String, Value> some = new TreeMap<>(payload);
        some.keySet().retainAll(fields);
        return some;
    }

    private static double dense(List<Float> one, List<Float> other) {
        if (one.size() != other.size()) throw FakeCollection.wrong("Vector dimension error");
        double sum = 0;
        for (int i = 0; i < one.size(); i++) sum += one.get(i) * other.get(i);
        return sum;
    }

    /** With the rarity of each key in all of the collection, as the modifier has it. */
    private static double sparse(FakeCollection collection, String name, VectorInput wanted, Vector vector) {
        double sum = 0;
        List<Integer> indices = vector.getSparse().getIndicesList();
        for (int i = 0; i < wanted.getSparse().getIndicesCount(); i++) {
            int at = indices.indexOf(wanted.getSparse().getIndices(i));
            if (at < 0) continue;
            int index = indices.get(at);
            long all = collection.points.values().stream()
                    .filter(point -> point.vectors().containsKey(name))
                    .count();
            long having = collection.points.values().stream()
                    .filter(point -> point.vectors().containsKey(name)
                            && point.vectors()
                                    .get(name)
                                    .getSparse()
                                    .getIndicesList()
                                    .contains(index))
                    .count();
            sum += wanted.getSparse().getValues(i)
                    * vector.getSparse().getValues(at)
                    * Math.log(1 + (all - having + 0.5) / (having + 0.5));
        }
        return sum;
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            FakeCollection collection = server.collection(request.getCollectionName());
            if (!collection.indexed.contains(request.getFieldName()) && !collection.points.isEmpty())
                throw FakeCollection.wrong("made for indexes before points");
            collection.indexed.add(request.getFieldName());
            return OK;
        });
    }

    @Override
    public void createVectorName(CreateVectorNameRequest request, StreamObserver<PointsOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            FakeCollection collection = server.collection(request.getCollectionName());
            if (collection.dense.containsKey(request.getVectorName()))
                throw FakeCollection.wrong("Vector `" + request.getVectorName() + "` already exists");
            collection.dense.put(
                    request.getVectorName(), request.getDenseConfig().getSize());
            return OK;
        });
    }

    @Override
    public void deleteVectorName(DeleteVectorNameRequest request, StreamObserver<PointsOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            FakeCollection collection = server.collection(request.getCollectionName());
            collection.dense.remove(request.getVectorName());
            collection.points.replaceAll((_, point) -> {
                Map<String, Vector> left = new TreeMap<>(point.vectors());
                left.remove(request.getVectorName());
                return new Point(point.id(), point.payload(), left);
            });
            return OK;
        });
    }
}
