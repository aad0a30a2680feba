package ai.chela.memory.qdrant;

import static io.qdrant.client.QueryFactory.nearest;

import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.Found;
import ai.chela.memory.index.History;
import ai.chela.memory.index.Lacking;
import ai.chela.memory.index.MemoryIndex;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Query;
import ai.chela.memory.index.Step;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.QuantizationSearchParams;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.SearchParams;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The index in a Qdrant server that all instances share: one collection for all tenants of one history of the database, a point
 * for each memory, and one for each place that says how far it is. That number is written after what it stands for, so that a crash in between only has
 * changes applied again.
 */
final class QdrantIndex implements MemoryIndex, AutoCloseable {
    /** So many more than asked for are compared by their codes, before the vectors themselves decide. */
    private static final double OVERSAMPLING = 3;

    private static final int PLACES_A_PAGE = 1_000;

    private final QdrantCalls calls;
    private final QdrantCollection collection;
    private final QdrantWrites writes;
    private final PlaceCounts counts;
    private final String alias;
    private final Map<Place, Long> reached = new ConcurrentHashMap<>();
    private volatile String problem = "not asked yet";

    QdrantIndex(QdrantSettings settings, History history, Embedder embedder, Clock clock, MeterRegistry meters) {
        this.alias = Names.alias(settings.beginning(), history.id());
        this.calls = new QdrantCalls(settings, clock, meters);
        this.collection = new QdrantCollection(calls, settings.beginning(), history, embedder);
        this.writes = new QdrantWrites(calls, alias, clock);
        this.counts = new PlaceCounts(calls, alias, clock);
    }

    /** With the collection at hand; once more where somebody has dropped it meanwhile. */
    private <T extends @Nullable Object> CompletionStage<T> ready(Supplier<CompletionStage<T>> work) {
        return collection
                .ready()
                .thenCompose(_ -> work.get())
                .exceptionallyCompose(failure -> {
                    if (QdrantCalls.code(failure) != Status.Code.NOT_FOUND)
                        return CompletableFuture.failedStage(failure);
                    collection.missing();
                    counts.forget();
                    reached.clear();
                    return collection.ready().thenCompose(_ -> work.get());
                })
                .whenComplete((_, failure) -> problem = failure == null ? "" : Failures.message(failure))
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(Failures.unwrapped(failure)));
    }

    @Override
    public CompletionStage<Map<Scope, Long>> reached(String tenant, Set<Scope> scopes) {
        List<Place> places =
                scopes.stream().map(scope -> new Place(tenant, scope)).toList();
        return ready(() -> writes.reached(places)).thenApply(numbers -> {
            Map<Scope, Long> each = new HashMap<>();
            for (Place place : places) {
                long number = numbers.getOrDefault(place, 0L);
                each.put(place.scope(), number);
                Long before = reached.put(place, number);
                if (before == null || before != number) counts.changed(place);
            }
            return each;
        });
    }

    @Override
    public CompletionStage<Void> apply(Place place, List<Step> steps, long head) {
        return ready(() -> writes.reached(List.of(place))
                        .thenCompose(known -> writes.apply(place, steps, head, known.getOrDefault(place, 0L))))
                .thenRun(() -> counts.changed(place));
    }

    @Override
    public CompletionStage<Void> addVectors(Place place, Embedder.Model model, Map<String, float[]> vectors) {
        if (vectors.isEmpty()) return CompletableFuture.completedStage(null);
        return ready(() ->
                        collection.open(model).thenCompose(_ -> writes.addVectors(place, Names.vector(model), vectors)))
                .thenRun(() -> counts.changed(place));
    }

    @Override
    public CompletionStage<Lacking> lacking(Place place, Set<Embedder.Model> models, @Nullable String after, int most) {
        List<String> names = models.stream().map(Names::vector).toList();
        return ready(() -> collection.known(names).thenCompose(known -> {
                    ScrollPoints.Builder request = ScrollPoints.newBuilder()
                            .setCollectionName(alias)
                            .setFilter(Filters.without(place, known))
                            .setLimit(most)
                            .setWithPayload(WithPayloadSelectorFactory.include(List.of(Names.ID)));
                    if (after != null) request.setOffset(PointIdFactory.id(UUID.fromString(after)));
                    return calls.write("lacking", stub -> stub.scroll(request.build()));
                }))
                .thenApply(page -> new Lacking(
                        page.getResultList().stream()
                                .map(point -> Answers.text(point.getPayloadMap(), Names.ID))
                                .toList(),
                        page.hasNextPageOffset() ? page.getNextPageOffset().getUuid() : null));
    }

    @Override
    public CompletionStage<Found> search(Query query) {
        Embedder.Vector asked = query.vector();
        String vector = asked == null ? null : Names.vector(asked.model());
        return ready(() -> collection
                .known(vector == null ? List.of() : List.of(vector))
                .thenCompose(known -> search(query, vector != null && known.contains(vector) ? vector : null)));
    }

    private CompletionStage<Found> search(Query query, @Nullable String vector) {
        List<Place> places = query.scopes().stream()
                .map(scope -> new Place(query.tenant(), scope))
                .toList();
        List<CompletableFuture<InPlace>> each = places.stream()
                .map(place -> inPlace(query, place, vector).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            List<Found.Candidate> candidates = new ArrayList<>();
            Map<Scope, Found.Counts> counts = new HashMap<>();
            for (CompletableFuture<InPlace> found : each) {
                InPlace one = found.join();
                candidates.addAll(one.candidates());
                counts.put(one.place().scope(), one.counts());
            }
            return new Found(candidates, counts);
        });
    }

    private record InPlace(Place place, List<Found.Candidate> candidates, Found.Counts counts) {}

    /** Words and meaning in one call, not fused: whoever asked weighs both itself, by the same formula for every index. */
    private CompletionStage<InPlace> inPlace(Query query, Place place, @Nullable String vector) {
        List<QueryPoints> batch = new ArrayList<>();
        boolean words = query.byWords() > 0 && !query.keys().isEmpty();
        if (words) batch.add(byWords(query, place, vector));
        if (vector != null && query.byMeaning() > 0) batch.add(byMeaning(query, place, vector));
        return batch(batch)
                .thenCompose(lists -> counts.of(query, place, words ? lists.getFirst() : null, vector)
                        .thenApply(counted -> new InPlace(place, Answers.candidates(place, lists, vector), counted)));
    }

    private CompletionStage<List<List<ScoredPoint>>> batch(List<QueryPoints> batch) {
        if (batch.isEmpty()) return CompletableFuture.completedStage(List.of());
        QueryBatchPoints request = QueryBatchPoints.newBuilder()
                .setCollectionName(alias)
                .addAllQueryPoints(batch)
                .build();
        return calls.search("search", stub -> stub.queryBatch(request))
                .thenApply(answer -> answer.getResultList().stream()
                        .map(result -> result.getResultList())
                        .toList());
    }

    private QueryPoints byWords(Query query, Place place, @Nullable String vector) {
        Set<Integer> indices = new HashSet<>();
        for (String key : query.keys()) indices.add(Names.index(key));
        List<Float> ones = java.util.Collections.nCopies(indices.size(), 1f);
        return of(place, vector, query.byWords())
                .setUsing(Names.WORDS)
                .setQuery(nearest(ones, List.copyOf(indices)))
                .build();
    }

    private QueryPoints byMeaning(Query query, Place place, String vector) {
        Embedder.Vector asked = query.vector();
        if (asked == null) throw new IllegalStateException("no vector in the question");
        return of(place, vector, query.byMeaning())
                .setUsing(vector)
                .setQuery(nearest(asked.values()))
                .setParams(SearchParams.newBuilder()
                        .setQuantization(QuantizationSearchParams.newBuilder()
                                .setRescore(true)
                                .setOversampling(OVERSAMPLING)))
                .build();
    }

    private QueryPoints.Builder of(Place place, @Nullable String vector, int most) {
        QueryPoints.Builder request = QueryPoints.newBuilder()
                .setCollectionName(alias)
                .setFilter(Filters.facts(place))
                .setLimit(most)
                .setWithPayload(WithPayloadSelectorFactory.include(List.of(Names.ID, Names.KEYS)));
        if (vector != null) request.setWithVectors(WithVectorsSelectorFactory.include(List.of(vector)));
        return request;
    }

    @Override
    public CompletionStage<Void> erase(Place place, List<String> ids) {
        List<String> wellFormed =
                ids.stream().filter(id -> id.matches("[0-9a-f]{32}")).distinct().toList();
        if (wellFormed.isEmpty()) return CompletableFuture.completedStage(null);
        return ready(() -> writes.erase(place, wellFormed)).thenRun(() -> counts.changed(place));
    }

    @Override
    public CompletionStage<Void> purge() {
        return ready(writes::purge);
    }

    @Override
    public CompletionStage<Void> drop(Place place) {
        return ready(() -> writes.drop(place)).thenRun(() -> {
            reached.remove(place);
            counts.changed(place);
        });
    }

    @Override
    public CompletionStage<Void> retain(Set<Embedder.Model> models) {
        Set<String> names = new HashSet<>();
        for (Embedder.Model model : models) names.add(Names.vector(model));
        return ready(() -> collection.retain(names)).thenRun(counts::forget);
    }

    @Override
    public CompletionStage<List<Place>> places() {
        return ready(() -> places(null, new ArrayList<>()));
    }

    private CompletionStage<List<Place>> places(@Nullable String after, List<Place> sofar) {
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(alias)
                .setFilter(Filters.places())
                .setLimit(PLACES_A_PAGE)
                .setWithPayload(WithPayloadSelectorFactory.include(List.of(Names.TENANT, Names.SCOPE)));
        if (after != null) request.setOffset(PointIdFactory.id(UUID.fromString(after)));
        return calls.write("places", stub -> stub.scroll(request.build())).thenCompose(page -> {
            for (RetrievedPoint point : page.getResultList())
                sofar.add(new Place(
                        Answers.text(point.getPayloadMap(), Names.TENANT),
                        Scope.of(Answers.text(point.getPayloadMap(), Names.SCOPE))));
            return page.hasNextPageOffset()
                    ? places(page.getNextPageOffset().getUuid(), sofar)
                    : CompletableFuture.completedStage(List.copyOf(sofar));
        });
    }

    @Override
    public String state() {
        String now = problem;
        return now.isEmpty() ? "ready, Qdrant " + collection.version() : now;
    }

    @Override
    public void close() {
        calls.close();
    }

    /** For tests: the points of these ids, with all that is in them. */
    CompletionStage<List<RetrievedPoint>> points(Place place, List<String> ids) {
        GetPoints.Builder request = GetPoints.newBuilder()
                .setCollectionName(alias)
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .setWithVectors(WithVectorsSelectorFactory.enable(true));
        for (String id : ids) request.addIds(PointForms.point(Names.point(place, id)));
        return calls.write("points", stub -> stub.get(request.build())).thenApply(answer -> answer.getResultList());
    }
}
