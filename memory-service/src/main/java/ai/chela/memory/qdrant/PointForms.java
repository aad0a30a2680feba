package ai.chela.memory.qdrant;

import static io.qdrant.client.PointIdFactory.id;
import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.value;
import static io.qdrant.client.VectorFactory.vector;
import static io.qdrant.client.VectorsFactory.namedVectors;

import ai.chela.memory.index.Bm25;
import ai.chela.memory.index.Entry;
import ai.chela.memory.index.Place;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What points look like. */
final class PointForms {
    /**
     * Memories are about this long. The true average of a scope moves with each memory, and weights would have to be written
     * anew; with the little weight that length has in our formula it makes no difference to what is found.
     */
    private static final double AVERAGE_LENGTH = 10;

    private PointForms() {}

    static PointId point(String uuid) {
        return id(UUID.fromString(uuid));
    }

    static PointStruct fact(Place place, Entry entry, long change) {
        TreeMap<Integer, Integer> counts = new TreeMap<>(Integer::compareUnsigned);
        entry.terms().forEach((key, count) -> counts.merge(Names.index(key), count, Integer::sum));
        PointStruct.Builder point = of(place, Names.FACT, Names.point(place, entry.id()), change)
                .putPayload(Names.ID, value(entry.id()))
                .putPayload(Names.LENGTH, value(entry.length()))
                .putPayload(Names.KEYS, keys(counts.keySet()));
        if (!counts.isEmpty()) point.setVectors(namedVectors(Map.of(Names.WORDS, words(counts, entry.length()))));
        return point.build();
    }

    private static Value keys(Iterable<Integer> indices) {
        List<Value> keys = new ArrayList<>();
        for (Integer index : indices) keys.add(value(Integer.toUnsignedLong(index)));
        return list(keys);
    }

    /** Of each key what it adds to the score, its rarity aside: that is the server's to know. */
    private static Vector words(Map<Integer, Integer> counts, int length) {
        List<Float> weights = new ArrayList<>(counts.size());
        for (int count : counts.values()) weights.add((float) Bm25.saturation(count, length, AVERAGE_LENGTH));
        return vector(weights, new ArrayList<>(counts.keySet()));
    }

    static PointStruct gone(Place place, String id, long change, long second) {
        return of(place, Names.GONE, Names.point(place, id), change)
                .putPayload(Names.ID, value(id))
                .putPayload(Names.AT, value(second))
                .build();
    }

    static PointStruct place(Place place, long reached) {
        return of(place, Names.PLACE, Names.place(place), reached).build();
    }

    private static PointStruct.Builder of(Place place, String kind, String uuid, long change) {
        return PointStruct.newBuilder()
                .setId(point(uuid))
                .setVectors(namedVectors(Map.of()))
                .putPayload(Names.TENANT, value(place.tenant()))
                .putPayload(Names.SCOPE, value(place.scope().stored()))
                .putPayload(Names.KIND, value(kind))
                .putPayload(Names.CHANGE, value(change));
    }
}
