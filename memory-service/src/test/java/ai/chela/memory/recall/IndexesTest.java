package ai.chela.memory.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.chela.memory.fact.Fact;
import ai.chela.memory.fact.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexesTest {
    private static final Duration IDLE = Duration.ofMinutes(10);

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

    @Test
    void the_least_recently_used_scope_goes_first() {
        Indexes indexes = new Indexes(1_500, IDLE, clock);
        ScopeIndex ann = filled(indexes, "ann");
        ScopeIndex bob = filled(indexes, "bob");
        assertSame(ann, indexes.of("acme", new Scope.Person("ann")));
        filled(indexes, "eve");
        indexes.trim();
        assertSame(ann, indexes.of("acme", new Scope.Person("ann")));
        assertNotSame(bob, indexes.of("acme", new Scope.Person("bob")));
    }

    @Test
    void what_nobody_asks_for_is_dropped_after_a_while() {
        Indexes indexes = new Indexes(1_000_000, IDLE, clock);
        filled(indexes, "ann");
        now = now.plus(IDLE).plusSeconds(1);
        indexes.trim();
        assertEquals(0, indexes.size());
    }

    @Test
    void the_same_scope_of_two_tenants_is_two_indexes() {
        Indexes indexes = new Indexes(1_000_000, IDLE, clock);
        assertNotSame(indexes.of("acme", new Scope.Tenant()), indexes.of("globex", new Scope.Tenant()));
    }

    private static ScopeIndex filled(Indexes indexes, String person) {
        ScopeIndex index = indexes.of("acme", new Scope.Person(person));
        Fact fact = new Fact("1", "1", 1, new Scope.Person(person), "tea", person, person, "", Instant.EPOCH, null);
        index.apply(List.of(new Change.Current(1, fact)), 1);
        return index;
    }
}
