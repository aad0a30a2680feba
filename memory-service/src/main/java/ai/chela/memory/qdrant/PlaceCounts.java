package ai.chela.memory.qdrant;

import ai.chela.memory.index.Found;
import ai.chela.memory.index.Place;
import ai.chela.memory.index.Query;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How common things are in a place. Where the words of a question found fewer memories than were allowed, they found all, and
 * how many have which key is counted from them; else the server counts. How many memories there are and how long is asked once
 * per change of the place, in large ones once in a while.
 */
final class PlaceCounts {
    /** In a place of more memories than this, some more or less make no difference. */
    private static final long LARGE = 10_000;

    private static final long LARGE_MILLIS = 60_000;

    /** One call for each; of a question with more keys the rest is counted from what was found. */
    private static final int MOST_CALLS = 64;

    /** No memory is longer than this many terms. */
    private static final int MOST_LENGTHS = 20_000;

    private static final int MOST_PLACES = 10_000;

    private record Sizes(long facts, double averageLength, long vectors, long atMillis) {}

    private record Key(Place place, @Nullable String vector) {}

    private final QdrantCalls calls;
    private final String alias;
    private final Clock clock;
    private final Map<Key, Sizes> sizes = new ConcurrentHashMap<>();

    PlaceCounts(QdrantCalls calls, String alias, Clock clock) {
        this.calls = calls;
        this.alias = alias;
        this.clock = clock;
    }

    /** Something was written to the place by this instance, or its number has moved by another. */
    void changed(Place place) {
        sizes.entrySet()
                .removeIf(each -> each.getKey().place().equals(place)
                        && (each.getValue().facts() < LARGE
                                || clock.millis() - each.getValue().atMillis() > LARGE_MILLIS));
    }

    /** All of it was written or dropped. */
    void forget() {
        sizes.clear();
    }

    /**
     * @param byWords what the question's words found; null where it was not asked for
     */
    CompletionStage<Found.Counts> of(
            Query query, Place place, @Nullable List<ScoredPoint> byWords, @Nullable String vector) {
        return sizes(new Key(place, vector)).thenCompose(known -> {
            if (known.facts() == 0) return CompletableFuture.completedStage(Found.Counts.NONE);
            return having(query, place, byWords)
                    .thenApply(
                            having -> new Found.Counts(known.facts(), known.averageLength(), having, known.vectors()));
        });
    }

    private CompletionStage<Map<String, Long>> having(Query query, Place place, @Nullable List<ScoredPoint> byWords) {
        Map<String, Long> having = new ConcurrentHashMap<>();
        Map<Long, Long> found = byWords == null ? Map.of() : Answers.having(byWords);
        for (String key : query.keys()) {
            Long number = found.get(Integer.toUnsignedLong(Names.index(key)));
            if (number != null) having.put(key, number);
        }
        boolean all = byWords != null && byWords.size() < query.byWords();
        if (all) return CompletableFuture.completedStage(having);
        List<CompletableFuture<?>> counting = new ArrayList<>();
        query.keys().stream()
                .limit(MOST_CALLS)
                .forEach(key -> counting.add(count(place, key)
                        .thenAccept(number -> {
                            if (number > 0) having.put(key, number);
                        })
                        .toCompletableFuture()));
        return CompletableFuture.allOf(counting.toArray(CompletableFuture[]::new))
                .thenApply(_ -> Map.copyOf(having));
    }

    private CompletionStage<Long> count(Place place, String key) {
        return count(
                CountPoints.newBuilder().setFilter(Filters.having(place, Integer.toUnsignedLong(Names.index(key)))));
    }

    private CompletionStage<Long> count(CountPoints.Builder request) {
        CountPoints built = request.setCollectionName(alias).setExact(true).build();
        return calls.search("count", stub -> stub.count(built))
                .thenApply(answer -> answer.getResult().getCount());
    }

    private CompletionStage<Sizes> sizes(Key key) {
        Sizes known = sizes.get(key);
        if (known != null) return CompletableFuture.completedStage(known);
        CompletionStage<Long> vectors = key.vector() == null
                ? CompletableFuture.completedStage(0L)
                : count(CountPoints.newBuilder().setFilter(Filters.with(key.place(), key.vector())));
        return lengths(key.place()).thenCombine(vectors, (lengths, number) -> {
            long facts = lengths.values().stream().mapToLong(Long::longValue).sum();
            long terms = lengths.entrySet().stream()
                    .mapToLong(each -> each.getKey() * each.getValue())
                    .sum();
            Sizes now = new Sizes(facts, facts == 0 ? 0 : (double) terms / facts, number, clock.millis());
            if (sizes.size() >= MOST_PLACES) sizes.clear();
            sizes.put(key, now);
            return now;
        });
    }

    /** How many memories there are of each length, in one call. */
    private CompletionStage<Map<Long, Long>> lengths(Place place) {
        FacetCounts request = FacetCounts.newBuilder()
                .setCollectionName(alias)
                .setKey(Names.LENGTH)
                .setFilter(Filters.facts(place))
                .setLimit(MOST_LENGTHS)
                .setExact(true)
                .build();
        return calls.search("lengths", stub -> stub.facet(request)).thenApply(answer -> {
            Map<Long, Long> lengths = new HashMap<>();
            for (FacetHit hit : answer.getHitsList())
                lengths.merge(hit.getValue().getIntegerValue(), hit.getCount(), Long::sum);
            return lengths;
        });
    }
}
