package ai.chela.memory.fact;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts of a tenant. Every read names who asks; what that person may not see is not found. */
public interface Facts {
    /** Keeps other writers of the scope out until the unit ends. */
    Uni<Void> lock(UnitOfWork unit, Scope scope);

    /** The current fact of that person in that scope which says the same; null for none. */
    Uni<@Nullable Fact> same(UnitOfWork unit, Scope scope, String person, String text);

    /** Counts one more fact of a person, unless she has {@code quota} already. */
    Uni<Boolean> admit(UnitOfWork unit, String person, long quota);

    Uni<Fact> add(UnitOfWork unit, Told told);

    /** Stores a new version, which keeps the handle; the old one is no longer current. */
    Uni<Fact> supersede(UnitOfWork unit, Fact old, Told told);

    /**
     * The current version of a memory.
     *
     * @param reference the id of any of its versions, or its handle ({@code m-12})
     */
    Uni<@Nullable Fact> current(UnitOfWork unit, Asker asker, String reference);

    /** Ids of the persons who said any version of it. */
    Uni<List<String>> speakers(UnitOfWork unit, Fact fact);

    /**
     * Destroys the keys and the rows of all its versions. The scope must be {@linkplain #lock locked}, and nothing of it under
     * legal hold.
     *
     * @param root id of its first version
     */
    Uni<Void> erase(UnitOfWork unit, Scope scope, String root);

    /** The newest first. */
    Uni<Listing> newest(UnitOfWork unit, Asker asker, int limit);

    /**
     * @param total how many there are in all
     */
    record Listing(List<Fact> facts, long total) {}
}
