package ai.chela.memory.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.contracts.memory.MemoryChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportTest {
    @Test
    void a_few_memories_are_one_part() {
        MemoryChanged.Exported part = part(null, List.of(fact(1, "tea"), fact(2, "coffee")));
        assertEquals(2, part.lines().size());
        assertNull(part.next());
        assertTrue(part.lines().getFirst().startsWith("{\"handle\":\"m-1\""));
    }

    @Test
    void what_does_not_fit_comes_in_further_parts_and_every_version_once() {
        List<Fact> all = new ArrayList<>();
        for (int handle = 1; handle <= 5; handle++)
            for (int version = 0; version < 4; version++) all.add(fact(handle, "x".repeat(9_000) + handle + version));
        List<String> told = new ArrayList<>();
        String after = null;
        do {
            MemoryChanged.Exported part = part(after, from(all, after));
            told.addAll(part.lines());
            after = part.next();
        } while (after != null);
        assertEquals(20, told.size());
        assertEquals(20, told.stream().distinct().count());
    }

    @Test
    void one_that_is_longer_than_a_part_is_told_all_the_same() {
        assertEquals(
                1, part(null, List.of(fact(1, "x".repeat(100_000)))).lines().size());
    }

    @Test
    void a_place_that_is_none_is_the_beginning() {
        assertEquals(new Export.Place(0, 0), Export.Place.of("all of it"));
    }

    private static MemoryChanged.Exported part(@Nullable String after, List<Fact> versions) {
        return assertInstanceOf(
                MemoryChanged.Exported.class, Export.part("c", Export.Place.of(after), versions, false));
    }

    /** As the store reads them. */
    private static List<Fact> from(List<Fact> all, @Nullable String after) {
        Export.Place place = Export.Place.of(after);
        Stream<Fact> left =
                all.stream().filter(fact -> fact.handle() > place.handle() - (place.versions() == 0 ? 0 : 1));
        return left.toList();
    }

    private static Fact fact(long handle, String text) {
        return new Fact(
                text.hashCode() + "",
                "r" + handle,
                handle,
                new Scope.Tenant(),
                text,
                "ann",
                "Ann",
                "c",
                Instant.EPOCH,
                null);
    }
}
