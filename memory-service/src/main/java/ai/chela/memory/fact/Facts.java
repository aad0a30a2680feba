package ai.chela.memory.fact;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a tenant. Every read names who asks; what that person may not see is not found, and neither is what has
 * expired.
 */
public interface Facts {
    /** Keeps other writers of the scope out until the unit ends. */
    Uni<Void> lock(UnitOfWork unit, Scope scope);

    /** The current fact of that person in that scope which says the same; null for none. */
    Uni<@Nullable Fact> same(UnitOfWork unit, Scope scope, String person, String text);

    /** The newest current fact of that person in that scope which gives a value to the same thing; null for none. */
    Uni<@Nullable Fact> about(UnitOfWork unit, Scope scope, String person, Statement statement);

    /** Counts one more fact of a person, unless she has {@code quota} already. */
    Uni<Boolean> admit(UnitOfWork unit, String person, long quota);

    Uni<Fact> add(UnitOfWork unit, Told told);

    /** Stores a new version, which keeps the handle; the old one is no longer current. */
    Uni<Fact> supersede(UnitOfWork unit, Fact old, Told told);

    /**
     * The current version of a memory.
     *
     * @param reference the id of any of its versions, or its handle ({@code m-12}); of a merged memory also the handle that
     *     it had
     */
    Uni<@Nullable Fact> current(UnitOfWork unit, Asker asker, String reference);

    /** As {@link #current}: read once to know the scope, and again once nobody else can change it. */
    default Uni<@Nullable Fact> locked(UnitOfWork unit, Asker asker, String reference) {
        return current(unit, asker, reference).chain((@Nullable Fact fact) -> {
            if (fact == null) return Uni.createFrom().nullItem();
            return lock(unit, fact.scope()).chain(() -> current(unit, asker, reference));
        });
    }

    /** The current version of that root, also when its time is over; for what the service does by itself. */
    Uni<@Nullable Fact> ofRoot(UnitOfWork unit, String root);

    /** All versions of a memory: the current one first, then the one that held last. */
    Uni<List<Fact>> versions(UnitOfWork unit, Fact fact);

    /** Other current facts of the same scope that give a value of the same kind to the same thing. */
    Uni<List<Fact>> rivals(UnitOfWork unit, Fact fact);

    /** Ids of the persons who said any version of it. */
    Uni<List<String>> speakers(UnitOfWork unit, Fact fact);

    /**
     * Destroys the keys and the rows of all its versions. The scope must be {@linkplain #lock locked}, and nothing of it under
     * legal hold.
     *
     * @param root id of its first version
     * @return the ids of the versions that are gone
     */
    Uni<List<String>> erase(UnitOfWork unit, Scope scope, String root);

    /** As {@link #erase}, for everything in a scope. */
    Uni<List<String>> eraseAll(UnitOfWork unit, Scope scope);

    /** The root of any fact of a scope, current or not; none of an empty scope. */
    Uni<List<String>> oneRoot(UnitOfWork unit, Scope scope);

    /** How many current facts a scope has. */
    Uni<Long> count(UnitOfWork unit, Scope scope);

    /** How many current facts were learned from what a person said. */
    Uni<Long> learned(UnitOfWork unit, String person);

    /**
     * The newest first.
     *
     * @param page from 1
     */
    Uni<Listing> page(UnitOfWork unit, Asker asker, Wanted wanted, int size, int page);

    /**
     * How a person wants things done, by what she said herself and may see there; the newest first.
     *
     * @param limit so many at most
     */
    Uni<List<Fact>> preferences(UnitOfWork unit, Asker asker, int limit);

    /** All versions of memories whose handle is greater, by handle and time, so many versions at most. */
    Uni<List<Fact>> exported(UnitOfWork unit, Asker asker, long afterHandle, int limit);

    /**
     * What is listed.
     *
     * @param tag only what is filed under it, looked for among the newest 2,000; null for all
     * @param preferences only how the asker wants things done, by what she said herself
     */
    record Wanted(@Nullable String tag, boolean preferences) {
        /** No condition. */
        public static final Wanted ALL = new Wanted(null, false);
    }

    /**
     * @param total how many there are in all
     */
    record Listing(List<Fact> facts, long total) {}
}
