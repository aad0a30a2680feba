package ai.chela.memory.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointVectors;
import io.qdrant.client.grpc.Points.UpdateMode;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Points in memory. */
final class FakeCollection {
    /** A point. */
    record Point(PointId id, Map<String, Value> payload, Map<String, Vector> vectors) {}

    final Map<String, Long> dense = new HashMap<>();
    final Set<String> sparse = new HashSet<>();
    final Set<String> indexed = new HashSet<>();
    final CreateCollection form;

    /** In the order of their ids, as the server goes through them. */
    final TreeMap<String, Point> points = new TreeMap<>();

    FakeCollection(CreateCollection form) {
        this.form = form;
        form.getVectorsConfig().getParamsMap().getMapMap().forEach((name, params) -> dense.put(name, params.getSize()));
        sparse.addAll(form.getSparseVectorsConfig().getMapMap().keySet());
    }

    void upsert(List<PointStruct> given, Filter may, UpdateMode mode) {
        for (PointStruct point : given) {
            String id = point.getId().getUuid();
            Point before = points.get(id);
            if (before != null && (mode == UpdateMode.InsertOnly || !matches(before, may))) continue;
            if (!point.hasVectors()) throw wrong("Expected some vectors");
            Map<String, Vector> vectors =
                    checked(point.getVectors().getVectors().getVectorsMap());
            points.put(id, new Point(point.getId(), Map.copyOf(point.getPayloadMap()), vectors));
        }
    }

    void updateVectors(List<PointVectors> given, Filter may) {
        for (PointVectors each : given) {
            Point before = points.get(each.getId().getUuid());
            if (before == null) throw new StatusRuntimeException(Status.NOT_FOUND.withDescription("No point with id"));
            if (!matches(before, may)) continue;
            Map<String, Vector> vectors = new LinkedHashMap<>(before.vectors());
            NamedVectors named = each.getVectors().getVectors();
            vectors.putAll(checked(named.getVectorsMap()));
            points.put(each.getId().getUuid(), new Point(before.id(), before.payload(), vectors));
        }
    }

    private Map<String, Vector> checked(Map<String, Vector> vectors) {
        vectors.forEach((name, vector) -> {
            if (vector.hasSparse()) {
                if (!sparse.contains(name)) throw wrong("Not existing vector name error: " + name);
                Set<Integer> indices = new HashSet<>(vector.getSparse().getIndicesList());
                if (indices.size() != vector.getSparse().getIndicesCount()
                        || indices.size() != vector.getSparse().getValuesCount()) throw wrong("must be unique");
            } else {
                if (!dense.containsKey(name)) throw wrong("Not existing vector name error: " + name);
                if (!Objects.equals(dense.get(name), (long) vector.getDense().getDataCount()))
                    throw wrong("Vector dimension error");
            }
        });
        return Map.copyOf(vectors);
    }

    /** In the order of their ids. */
    List<Point> matching(Filter filter) {
        List<Point> found = new ArrayList<>();
        for (Point point : points.values()) if (matches(point, filter)) found.add(point);
        return found;
    }

    boolean matches(Point point, Filter filter) {
        if (filter.getShouldCount() > 0 || filter.hasMinShould()) throw wrong("not made for this");
        return filter.getMustList().stream().allMatch(condition -> matches(point, condition))
                && filter.getMustNotList().stream().noneMatch(condition -> matches(point, condition));
    }

    private boolean matches(Point point, Condition condition) {
        return switch (condition.getConditionOneOfCase()) {
            case FIELD -> matches(point, condition.getField());
            case FILTER -> matches(point, condition.getFilter());
            case HAS_VECTOR -> {
                String name = condition.getHasVector().getHasVector();
                if (!dense.containsKey(name)) throw wrong("Not existing vector name error: " + name);
                yield point.vectors().containsKey(name);
            }
            case IS_EMPTY, HAS_ID, IS_NULL, NESTED, CONDITIONONEOF_NOT_SET -> throw wrong("not made for this");
            default -> throw wrong("not made for this");
        };
    }

    private boolean matches(Point point, FieldCondition field) {
        if (!indexed.contains(field.getKey()))
            throw wrong("Bad request: Index required but not found for \"" + field.getKey() + "\"");
        return values(point, field.getKey()).anyMatch(value -> {
            if (field.hasRange()) return within(value.getIntegerValue(), field.getRange());
            return switch (field.getMatch().getMatchValueCase()) {
                case KEYWORD ->
                    value.hasStringValue()
                            && value.getStringValue().equals(field.getMatch().getKeyword());
                case INTEGER ->
                    value.hasIntegerValue()
                            && value.getIntegerValue() == field.getMatch().getInteger();
                default -> throw wrong("not made for this");
            };
        });
    }

    static Stream<Value> values(Point point, String key) {
        Value value = point.payload().get(key);
        if (value == null) return Stream.of();
        return value.hasListValue() ? value.getListValue().getValuesList().stream() : Stream.of(value);
    }

    private static boolean within(long value, Range range) {
        return (!range.hasLt() || value < range.getLt())
                && (!range.hasGt() || value > range.getGt())
                && (!range.hasLte() || value <= range.getLte())
                && (!range.hasGte() || value >= range.getGte());
    }

    /** As the server answers: dense ones in the new form. */
    static VectorsOutput output(Point point, Set<String> names) {
        NamedVectorsOutput.Builder output = NamedVectorsOutput.newBuilder();
        point.vectors().forEach((name, vector) -> {
            if (!names.contains(name)) return;
            VectorOutput.Builder one = VectorOutput.newBuilder();
            if (vector.hasSparse()) one.setSparse(vector.getSparse());
            else one.setDense(vector.getDense());
            output.putVectors(name, one.build());
        });
        return VectorsOutput.newBuilder().setVectors(output).build();
    }

    static StatusRuntimeException wrong(String what) {
        return new StatusRuntimeException(Status.INVALID_ARGUMENT.withDescription("Wrong input: " + what));
    }
}
