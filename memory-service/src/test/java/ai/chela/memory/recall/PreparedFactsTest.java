package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreparedFactsTest {
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Place ANN = new Place("acme", new Scope.Person("ann"));
    private static final Place BOB = new Place("acme", new Scope.Person("bob"));

    private Instant now = Instant.EPOCH;
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private PreparedFacts facts = new PreparedFacts(1_000_000, IDLE, clock);

    @Test
    void what_was_read_at_a_number_is_there_at_that_number_only() {
        read(ANN, 5, "a");
        assertEquals(Set.of("a"), at(ANN, 5));
        assertEquals(Set.of(), at(ANN, 6));
        assertEquals(Set.of(), at(BOB, 5));
    }

    @Test
    void what_is_gone_is_no_longer_there() {
        read(ANN, 5, "a", "b");
        facts.follow(ANN, List.of(new Change.Gone(6, "a")), Map.of(), 6);
        assertEquals(Set.of("b"), at(ANN, 6));
    }

    @Test
    void what_was_read_before_others_were_told_that_it_is_gone_is_not_kept() {
        facts.follow(ANN, List.of(), Map.of(), 5);
        facts.follow(ANN, List.of(new Change.Gone(6, "a")), Map.of(), 6);
        facts.put(ANN, 5, List.of(prepared("a", "tea")));
        assertEquals(Set.of(), at(ANN, 6));
    }

    @Test
    void what_changed_takes_the_place_of_what_was_there() {
        read(ANN, 5, "a");
        Prepared changed = prepared("a", "coffee");
        facts.follow(ANN, List.of(new Change.Current(6, changed.fact())), Map.of("a", changed), 6);
        assertEquals(
                "coffee",
                facts.get(ANN, 6, List.of("a"))
                        .values()
                        .iterator()
                        .next()
                        .fact()
                        .text());
    }

    @Test
    void what_is_forgotten_here_is_gone_before_anybody_asks() {
        read(ANN, 5, "a");
        facts.forget(ANN, List.of("a"));
        assertEquals(Set.of(), at(ANN, 5));
        assertEquals(0, facts.bytes());
    }

    @Test
    void the_least_recently_used_scope_goes_first() {
        facts = new PreparedFacts(2_000, IDLE, clock);
        read(ANN, 5, "a", "b");
        read(BOB, 5, "a", "b");
        assertEquals(Set.of("a", "b"), at(ANN, 5));
        facts.trim();
        assertEquals(Set.of("a", "b"), at(ANN, 5));
        assertEquals(Set.of(), at(BOB, 5));
    }

    @Test
    void what_nobody_asks_for_is_dropped_after_a_while() {
        read(ANN, 5, "a");
        now = now.plus(IDLE).plusSeconds(1);
        facts.trim();
        assertEquals(0, facts.size());
    }

    private void read(Place place, long change, String... ids) {
        facts.follow(place, List.of(), Map.of(), change);
        for (String id : ids) facts.put(place, change, List.of(prepared(id, "tea " + id)));
    }

    private Set<String> at(Place place, long change) {
        return facts.get(place, change, List.of("a", "b")).keySet();
    }

    private static Prepared prepared(String id, String text) {
        return Prepared.of(new Fact(id, id, 1, new Scope.Person("ann"), text, "ann", "Ann", "", Instant.EPOCH, null));
    }
}
