package ai.chela.memory.qdrant;

import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.hasVector;
import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.range;

import ai.chela.memory.index.Place;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import java.util.Collection;

/** Every filter there is. What reads or deletes memories names a tenant and a scope: there is no filter for memories without. */
final class Filters {
    private Filters() {}

    /** All of a place: memories, what is in the place of those that are gone, and how far it is. */
    static Filter all(Place place) {
        return Filter.newBuilder()
                .addMust(matchKeyword(Names.TENANT, place.tenant()))
                .addMust(matchKeyword(Names.SCOPE, place.scope().stored()))
                .build();
    }

    static Filter facts(Place place) {
        return all(place).toBuilder()
                .addMust(matchKeyword(Names.KIND, Names.FACT))
                .build();
    }

    /** Memories that have a key, by its place in the sparse vector. */
    static Filter having(Place place, long key) {
        return facts(place).toBuilder().addMust(match(Names.KEYS, key)).build();
    }

    static Filter with(Place place, String vector) {
        return facts(place).toBuilder().addMust(hasVector(vector)).build();
    }

    static Filter without(Place place, Collection<String> vectors) {
        Filter.Builder builder = facts(place).toBuilder();
        for (String vector : vectors) builder.addMustNot(hasVector(vector));
        return builder.build();
    }

    /** How far places are, of all tenants: no memory is among them. */
    static Filter places() {
        return Filter.newBuilder()
                .addMust(matchKeyword(Names.KIND, Names.PLACE))
                .build();
    }

    /** Everything else, of all tenants, to be carried into another collection and shown to nobody. */
    static Filter notPlaces() {
        return Filter.newBuilder()
                .addMustNot(matchKeyword(Names.KIND, Names.PLACE))
                .build();
    }

    /** What is in the place of memories that went before a time, of all tenants; in seconds since 1970. */
    static Filter goneBefore(long second) {
        return Filter.newBuilder()
                .addMust(matchKeyword(Names.KIND, Names.GONE))
                .addMust(range(Names.AT, Range.newBuilder().setLt(second).build()))
                .build();
    }

    // which points a write may change; a point that is not there is made

    /** Anything but what went at this change or later. */
    static Filter notGoneSince(long change) {
        Filter gone = Filter.newBuilder()
                .addMust(matchKeyword(Names.KIND, Names.GONE))
                .addMust(range(Names.CHANGE, Range.newBuilder().setGte(change).build()))
                .build();
        return Filter.newBuilder().addMustNot(filter(gone)).build();
    }

    static Filter reachedLess(long change) {
        return Filter.newBuilder()
                .addMust(range(Names.CHANGE, Range.newBuilder().setLt(change).build()))
                .build();
    }

    static Filter stillFacts() {
        return Filter.newBuilder().addMust(matchKeyword(Names.KIND, Names.FACT)).build();
    }
}
