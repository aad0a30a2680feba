package ai.chela.memory.qdrant;

import ai.chela.memory.index.Found;
import ai.chela.memory.index.Place;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What points say. */
final class Answers {
    private Answers() {}

    /** Each memory once. A point that is not as we write them is passed over: somebody else's. */
    static List<Found.Candidate> candidates(Place place, Collection<List<ScoredPoint>> lists, @Nullable String vector) {
        Map<String, Found.Candidate> found = new LinkedHashMap<>();
        for (List<ScoredPoint> list : lists)
            for (ScoredPoint point : list) {
                String id = text(point.getPayloadMap(), Names.ID);
                if (id.matches("[0-9a-f]{32}"))
                    found.put(
                            id,
                            new Found.Candidate(
                                    id, place.scope(), vector == null ? null : vector(point.getVectors(), vector)));
            }
        return List.copyOf(found.values());
    }

    /** In how many of these points each key is. */
    static Map<Long, Long> having(List<ScoredPoint> points) {
        Map<Long, Long> having = new HashMap<>();
        for (ScoredPoint point : points) {
            Value keys = point.getPayloadMap().getOrDefault(Names.KEYS, Value.getDefaultInstance());
            for (Value key : keys.getListValue().getValuesList()) having.merge(key.getIntegerValue(), 1L, Long::sum);
        }
        return having;
    }

    static String text(Map<String, Value> payload, String name) {
        return payload.getOrDefault(name, Value.getDefaultInstance()).getStringValue();
    }

    static long number(Map<String, Value> payload, String name) {
        return payload.getOrDefault(name, Value.getDefaultInstance()).getIntegerValue();
    }

    private static float @Nullable [] vector(VectorsOutput vectors, String name) {
        VectorOutput vector = vectors.getVectors().getVectorsMap().get(name);
        if (vector == null) return null;
        List<Float> data = vector.hasDense() ? vector.getDense().getDataList() : old(vector);
        if (data.isEmpty()) return null;
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) values[i] = data.get(i);
        return values;
    }

    /** As servers before 1.16 answer, and later ones still may. */
    @SuppressWarnings("deprecation")
    static List<Float> old(VectorOutput vector) {
        return vector.getDataList();
    }
}
