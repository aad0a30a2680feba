package ai.chela.memory.backup;

import ai.chela.kit.wire.WireJson;
import ai.chela.kit.work.Ticker;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The list of erasures as a file in {@code CHELA_HOME}, so that a restore knows what was forgotten after the last backup
 * also when the database itself is lost. Ids and times only. Each instance writes the whole list; it follows the database
 * within {@link #EVERY}.
 */
@ApplicationScoped
public class ErasureFile {
    static final String NAME = "erasures.jsonl";

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int PAGE = 1_000;

    /** A time is that of the beginning of a transaction: it may be seen after a later one. None lasts this long. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final Pool queue;
    private final Vertx vertx;
    private final Path file;
    private final Ticker ticker;
    private final Map<Erased, OffsetDateTime> written = new HashMap<>();
    private OffsetDateTime reached = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private boolean read;

    ErasureFile(
            @ReactiveDataSource("queue") Pool queue, Vertx vertx, @ConfigProperty(name = "chela.home") String home) {
        this.queue = queue;
        this.vertx = vertx;
        this.file = Path.of(home).resolve(NAME);
        this.ticker = new Ticker("memory.erasure-list", vertx, EVERY, this::follow);
    }

    void start(@Observes StartupEvent event) {
        ticker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.stop();
    }

    /** Appends what was forgotten since. Never twice at the same time. */
    Uni<Void> follow() {
        return blocking(this::readOnce).chain(() -> page(reached.minus(OVERLAP), ""));
    }

    private Uni<Void> page(OffsetDateTime from, String afterId) {
        return queue.preparedQuery("select tenant, id, scope, erased_at from erasure"
                        + " where (erased_at, id) > ($1, $2) order by erased_at, id limit $3")
                .execute(Tuple.of(from, afterId, PAGE))
                .chain(rows -> blocking(() -> append(rows)).chain(last -> {
                    if (last == null || rows.size() < PAGE)
                        return Uni.createFrom().voidItem();
                    return page(last.at(), last.id());
                }));
    }

    private record Last(OffsetDateTime at, String id) {}

    private @Nullable Last append(RowSet<Row> rows) throws IOException {
        StringBuilder lines = new StringBuilder();
        Map<Erased, OffsetDateTime> fresh = new HashMap<>();
        Last last = null;
        for (Row row : rows) {
            last = new Last(row.getOffsetDateTime(3), row.getString(1));
            Erased erased = new Erased(row.getString(0), row.getString(1));
            if (written.containsKey(erased) || fresh.putIfAbsent(erased, last.at()) != null) continue;
            lines.append(WireJson.mapper()
                            .createObjectNode()
                            .put("tenant", erased.tenant())
                            .put("id", erased.id())
                            .put("scope", row.getString(2))
                            .put("at", last.at().toInstant().toString()))
                    .append('\n');
        }
        if (!lines.isEmpty()) append(lines.toString());
        if (last != null && last.at().isAfter(reached)) reached = last.at();
        fresh.forEach(this::note);
        return last;
    }

    private void append(String lines) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
    }

    /** Goes on from what an earlier life of this instance wrote; the line that it was killed at is cut off. */
    private @Nullable Void readOnce() throws IOException {
        if (read) return null;
        if (Files.exists(file)) {
            cutOff();
            for (ErasureList.Entry entry : ErasureList.read(List.of(file))) {
                OffsetDateTime at = entry.at().atOffset(ZoneOffset.UTC);
                if (at.isAfter(reached)) reached = at;
                note(entry.erased(), at);
            }
        }
        read = true;
        return null;
    }

    /** Only the newest are kept in memory: older ones are not asked for again. */
    private void note(Erased erased, OffsetDateTime at) {
        written.put(erased, at);
        if (written.size() > PAGE) written.values().removeIf(it -> it.isBefore(reached.minus(OVERLAP)));
    }

    private void cutOff() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            long end = channel.size();
            for (; end > 0; end--) {
                channel.read(one.clear(), end - 1);
                if (one.get(0) == '\n') break;
            }
            channel.truncate(end);
        }
    }

    private <T extends @Nullable Object> Uni<T> blocking(java.util.concurrent.Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, true).toCompletionStage());
    }
}
