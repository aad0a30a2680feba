package ai.chela.memory.fact;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What something was, from the versions of a memory. */
final class Past {
    private Past() {}

    /**
     * The version that held before the current one and said something else; null when there is none.
     *
     * @param versions the current one first
     */
    static @Nullable Fact before(List<Fact> versions) {
        String now = Gist.of(versions.getFirst().text());
        return versions.stream()
                .skip(1)
                .filter(version -> !Gist.of(version.text()).equals(now))
                .max(Comparator.comparing(Past::end))
                .orElse(null);
    }

    /** The version that held at that time; null when nothing was known of it yet. */
    static @Nullable Fact at(List<Fact> versions, Instant at) {
        return versions.stream()
                .filter(version -> !version.standing().validFrom().isAfter(at)
                        && end(version).isAfter(at))
                .max(Comparator.comparing(version -> version.standing().validFrom()))
                .orElse(null);
    }

    private static Instant end(Fact version) {
        Instant end = version.standing().validTo();
        return end == null ? Instant.MAX : end;
    }
}
