package ai.chela.memory.fact;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How facts are kept: never their text. The scope must be locked; each change of a fact is a change of its scope. */
public interface Keeping {
    Uni<Void> pin(UnitOfWork unit, Fact fact, boolean pinned);

    /** Null: never. */
    Uni<Void> expire(UnitOfWork unit, Fact fact, @Nullable Instant at);

    /** These tags and no others. */
    Uni<Void> tag(UnitOfWork unit, Fact fact, List<String> tags);

    Uni<Void> dispute(UnitOfWork unit, Fact fact, boolean disputed);

    /** {@code other} and its versions become earlier versions of {@code kept}; nothing of their text is lost. */
    Uni<Void> absorb(UnitOfWork unit, Fact kept, Fact other, Instant at);

    /** Adds to how often facts were the answer. One that is gone by now is not counted. */
    Uni<Void> recalled(UnitOfWork unit, List<Recalled> recalled);

    /**
     * How often a memory was the answer since it was last told.
     *
     * @param root id of its first version
     * @param at when last
     */
    record Recalled(String root, long times, Instant at) {}
}
