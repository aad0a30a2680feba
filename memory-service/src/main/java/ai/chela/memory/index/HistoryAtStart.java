package ai.chela.memory.index;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the history once, before anything asks the index: it changes only while no instance runs. */
@ApplicationScoped
public class HistoryAtStart {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Pool queue;
    private volatile @Nullable History read;

    HistoryAtStart(@ReactiveDataSource("queue") Pool queue) {
        this.queue = queue;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        RowSet<Row> rows =
                queue.query("select id, active from history").execute().await().atMost(LIMIT);
        String id = "";
        List<String> former = new ArrayList<>();
        for (Row row : rows)
            if (row.getBoolean(1)) id = row.getString(0);
            else former.add(row.getString(0));
        read = new History(id, former);
    }

    /** What the database said at the start. */
    public History history() {
        History found = read;
        if (found == null || found.id().isEmpty())
            throw new IllegalStateException("the name of the database's history was not read");
        return found;
    }
}
