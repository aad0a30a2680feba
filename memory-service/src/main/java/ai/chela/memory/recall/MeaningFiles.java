package ai.chela.memory.recall;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.config.MemorySettings;
import ai.chela.memory.dense.DenseIndex;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The dense indexes of this instance, in {@code CHELA_HOME/vectors}: a folder for each scope, in it one for each model. Only
 * the owner may read them. They can be deleted at any time while the service is down; they are made again from the texts.
 * Everything here reads or writes files: not on an event loop. Thread-safe.
 */
@ApplicationScoped
class MeaningFiles {
    private static final Logger LOG = Logger.getLogger(MeaningFiles.class);
    private static final String ABOUT = "about";
    private static final String SWEPT = "swept";

    /** Files that could not be opened are tried again after this long. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private record Key(String tenant, Scope scope, Embedder.Model model) {}

    /** An index in use, or one that cannot be: null. */
    private static final class Slot {
        private final @Nullable DenseIndex index;
        private long usedMillis;

        Slot(@Nullable DenseIndex index) {
            this.index = index;
        }
    }

    /** A scope that this instance has files of. */
    record Place(Path folder, String tenant, Scope scope) {}

    private final Map<Key, Slot> slots = new HashMap<>();
    private final Path home;
    private final Embedder embedder;
    private final Duration idle;
    private final Clock clock = Clock.systemUTC();

    MeaningFiles(
            @ConfigProperty(name = "chela.home") String home,
            Embedder embedder,
            MemorySettings settings,
            MeterRegistry meters) {
        this.home = Path.of(home).resolve("vectors");
        this.embedder = embedder;
        this.idle = settings.cacheIdle();
        meters.gauge("chela.memory.vectors", this, MeaningFiles::vectors);
    }

    /** The index of a scope and a model; null while its files cannot be used, which is logged. */
    synchronized @Nullable DenseIndex index(String tenant, Scope scope, Embedder.Model model) {
        Key key = new Key(tenant, scope, model);
        Slot slot = slots.get(key);
        long now = clock.millis();
        if (slot == null || slot.index == null && now - slot.usedMillis > AGAIN.toMillis()) {
            slot = open(key);
            slot.usedMillis = now;
            slots.put(key, slot);
        }
        if (slot.index != null) slot.usedMillis = now;
        return slot.index;
    }

    private Slot open(Key key) {
        Path folder = folder(key.tenant(), key.scope());
        try {
            Path files = made(folder.resolve(key.model().name()));
            Files.writeString(
                    folder.resolve(ABOUT), key.tenant() + "\n" + key.scope().stored());
            DenseIndex index = DenseIndex.open(files, key.model(), embedder.mean(key.model()));
            if (index.repaired() > 0)
                LOG.warnf("event=memory.vectors outcome=repaired tenant=%s records=%d", key.tenant(), index.repaired());
            return new Slot(index);
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "event=memory.vectors outcome=unusable tenant=%s folder=%s", key.tenant(), folder);
            return new Slot(null);
        }
    }

    private Path folder(String tenant, Scope scope) {
        return home.resolve(Ids.derive("vectors", tenant, scope.stored()));
    }

    private static Path made(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) return Files.createDirectories(folder);
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Erases vectors of a scope, of every model; they are off the disk when this returns. */
    void forget(String tenant, Scope scope, List<String> ids) throws IOException {
        Path folder = folder(tenant, scope);
        if (!Files.isDirectory(folder)) return;
        for (Path files : models(folder)) {
            DenseIndex index = known(tenant, scope, String.valueOf(files.getFileName()));
            if (index == null) deleteTree(files);
            else index.remove(ids);
        }
    }

    /** Of a model that is no longer used, or whose files cannot be read, nothing is kept. */
    private @Nullable DenseIndex known(String tenant, Scope scope, String name) {
        for (Embedder.Model model : embedder.models())
            if (model.name().equals(name)) return index(tenant, scope, model);
        return null;
    }

    private static List<Path> models(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory).toList();
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    /** All scopes that there are files of. */
    List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>();
        if (!Files.isDirectory(home)) return places;
        try (Stream<Path> folders = Files.list(home)) {
            for (Path folder : folders.toList()) {
                Path about = folder.resolve(ABOUT);
                if (!Files.isRegularFile(about)) continue;
                String[] lines = Files.readString(about).split("\n", 2);
                if (lines.length == 2) places.add(new Place(folder, lines[0], Scope.of(lines[1])));
            }
        }
        return places;
    }

    /** Up to which change number the place was swept; 0 where it is not known. */
    static long swept(Place place) throws IOException {
        Path file = place.folder().resolve(SWEPT);
        if (!Files.isRegularFile(file)) return 0;
        String text = Files.readString(file).strip();
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    static void swept(Place place, long change) throws IOException {
        Files.writeString(place.folder().resolve(SWEPT), Long.toString(change));
    }

    /** Closes what nobody has asked for in a while; the files stay. */
    synchronized void trim() {
        long unusedSince = clock.millis() - idle.toMillis();
        for (Iterator<Slot> each = slots.values().iterator(); each.hasNext(); ) {
            Slot slot = each.next();
            if (slot.usedMillis >= unusedSince) continue;
            each.remove();
            close(slot);
        }
    }

    @PreDestroy
    synchronized void close() {
        slots.values().forEach(MeaningFiles::close);
        slots.clear();
    }

    private static void close(Slot slot) {
        try {
            if (slot.index != null) slot.index.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized long vectors() {
        return slots.values().stream()
                .mapToLong(slot -> slot.index == null ? 0 : slot.index.size())
                .sum();
    }
}
