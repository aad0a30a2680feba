package ai.chela.memory.index;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.dense.DenseIndex;
import ai.chela.memory.embedding.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The dense indexes of this instance: a folder for each scope, in it one for each model. Blocks on files. Thread-safe. */
final class VectorFiles implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(VectorFiles.class);

    private record Key(Place place, Embedder.Model model) {}

    private static final class Slot {
        private final DenseIndex index;
        private long usedMillis;

        Slot(DenseIndex index) {
            this.index = index;
        }
    }

    private final Map<Key, Slot> slots = new HashMap<>();
    private final Path home;
    private final Embedder embedder;
    private final Clock clock;

    VectorFiles(Path home, Embedder embedder, Clock clock) {
        this.home = home;
        this.embedder = embedder;
        this.clock = clock;
    }

    /** The vectors of a scope by a model; null where there are none yet. */
    synchronized @Nullable DenseIndex existing(Place place, Embedder.Model model) throws IOException {
        boolean there = slots.containsKey(new Key(place, model)) || Files.isDirectory(folder(place, model));
        return there ? index(place, model) : null;
    }

    /** The vectors of a scope by a model; made where there are none yet. */
    synchronized DenseIndex index(Place place, Embedder.Model model) throws IOException {
        Key key = new Key(place, model);
        Slot slot = slots.get(key);
        if (slot == null) {
            slot = new Slot(opened(place, model));
            slots.put(key, slot);
        }
        slot.usedMillis = clock.millis();
        return slot.index;
    }

    private DenseIndex opened(Place place, Embedder.Model model) throws IOException {
        DenseIndex index = DenseIndex.open(Folders.made(folder(place, model)), model, embedder.mean(model));
        if (index.repaired() > 0)
            LOG.warnf("event=memory.vectors outcome=repaired tenant=%s records=%d", place.tenant(), index.repaired());
        return index;
    }

    private Path folder(Place place) {
        return home.resolve(Ids.derive("vectors", place.tenant(), place.scope().stored()));
    }

    private Path folder(Place place, Embedder.Model model) {
        return folder(place).resolve(folderName(model));
    }

    /** The model's name where it can be one of a folder: an operator's model may be called anything. */
    private static String folderName(Embedder.Model model) {
        boolean usable = model.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,80}");
        return usable ? model.name() : Ids.derive("model", model.name());
    }

    /** Erases vectors of a scope, of every model; they are off the disk when this returns. */
    synchronized void remove(Place place, List<String> ids) throws IOException {
        for (Path folder : Folders.inside(folder(place))) {
            Embedder.Model model = used(embedder.models(), folder);
            // of a model that is no longer used nothing is kept
            if (model == null) Folders.delete(folder);
            else index(place, model).remove(ids);
        }
    }

    private static Embedder.@Nullable Model used(Collection<Embedder.Model> models, Path folder) {
        for (Embedder.Model model : models) if (folder.endsWith(folderName(model))) return model;
        return null;
    }

    synchronized void drop(Place place) throws IOException {
        closeAll(
                slots.keySet().stream().filter(key -> key.place().equals(place)).collect(Collectors.toSet()));
        Folders.delete(folder(place));
    }

    /** Deletes the vectors of all other models. */
    synchronized void retain(Set<Embedder.Model> models) throws IOException {
        closeAll(slots.keySet().stream()
                .filter(key -> !models.contains(key.model()))
                .collect(Collectors.toSet()));
        for (Path scope : Folders.inside(home))
            for (Path folder : Folders.inside(scope)) if (used(models, folder) == null) Folders.delete(folder);
    }

    /** Closes what nobody has asked for in a while; the files stay. */
    synchronized void trim(Duration idle) throws IOException {
        long unusedSince = clock.millis() - idle.toMillis();
        closeAll(slots.entrySet().stream()
                .filter(each -> each.getValue().usedMillis < unusedSince)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    private void closeAll(Set<Key> keys) throws IOException {
        for (Iterator<Map.Entry<Key, Slot>> each = slots.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Key, Slot> next = each.next();
            if (!keys.contains(next.getKey())) continue;
            each.remove();
            next.getValue().index.close();
        }
    }

    /** In the files that are open. */
    synchronized long vectors() {
        return slots.values().stream().mapToLong(slot -> slot.index.size()).sum();
    }

    @Override
    public synchronized void close() throws IOException {
        closeAll(Set.copyOf(slots.keySet()));
    }
}
