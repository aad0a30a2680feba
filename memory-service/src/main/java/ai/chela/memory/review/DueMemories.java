package ai.chela.memory.review;

import ai.chela.kit.work.WorkLoop.Work;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What is due, across tenants: ids only, by the clock of the database. */
public interface DueMemories {
    /** Tenants whose review is due and has no holder, and those that were never seen; the id is the tenant's again. */
    Uni<List<Work>> reviews(int limit);

    /** Memories whose time is over; the id is that of the first version. */
    Uni<List<Work>> expired(int limit);
}
