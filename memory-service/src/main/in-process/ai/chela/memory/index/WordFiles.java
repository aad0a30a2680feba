package ai.chela.memory.index;

import ai.chela.kit.wire.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jboss.logging.Logger;

/** The word indexes of this instance: a folder for each tenant. Blocks on files. Thread-safe. */
final class WordFiles implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WordFiles.class);
    private static final String ABOUT = "about";

    private static final class Slot {
        private final WordIndex index;
        private long usedMillis;

        Slot(WordIndex index) {
            this.index = index;
        }
    }

    private final Map<String, Slot> slots = new HashMap<>();
    private final Path home;
    private final Clock clock;
    private volatile int emptied;

    WordFiles(Path home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    synchronized WordIndex of(String tenant) throws IOException {
        Slot slot = slots.get(tenant);
        if (slot == null) {
            slot = new Slot(opened(tenant));
            slots.put(tenant, slot);
        }
        slot.usedMillis = clock.millis();
        return slot.index;
    }

    private WordIndex opened(String tenant) throws IOException {
        Path folder = folder(tenant);
        try {
            return open(folder, tenant);
        } catch (LockObtainFailedException e) {
            // another process has it: what is in it is not ours to delete
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "event=memory.index outcome=emptied tenant=%s reason=unreadable", tenant);
            emptied++;
            Folders.delete(folder);
            return open(folder, tenant);
        }
    }

    private WordIndex open(Path folder, String tenant) throws IOException {
        Path made = Folders.made(folder);
        Files.writeString(made.resolve(ABOUT), tenant, StandardCharsets.UTF_8);
        WordIndex index = WordIndex.open(made);
        Thread.ofVirtual().name("memory-index-verify").start(() -> verify(tenant, index));
        return index;
    }

    /** After it was opened, so that nobody waits for it. */
    private void verify(String tenant, WordIndex index) {
        try {
            index.verify();
        } catch (AlreadyClosedException _) {
            LOG.debugf("event=memory.index.verified outcome=closed tenant=%s", tenant);
        } catch (IOException | RuntimeException e) {
            failed(tenant, e);
        }
    }

    private Path folder(String tenant) {
        return home.resolve(Ids.derive("index", tenant));
    }

    /** Empties the index of a tenant where that is what helps: it is damaged, or its writer gave up. */
    void failed(String tenant, Exception failure) {
        if (!damaged(failure)) return;
        try {
            synchronized (this) {
                Slot slot = slots.remove(tenant);
                if (slot != null) slot.index.abandon();
                Folders.delete(folder(tenant));
                emptied++;
            }
            LOG.errorf(failure, "event=memory.index outcome=emptied tenant=%s reason=damaged", tenant);
        } catch (IOException e) {
            LOG.errorf(e, "event=memory.index outcome=not-emptied tenant=%s", tenant);
        }
    }

    private static boolean damaged(Exception failure) {
        return failure instanceof CorruptIndexException
                || failure instanceof IndexFormatTooOldException
                || failure instanceof IndexFormatTooNewException
                || failure instanceof NoSuchFileException
                || failure instanceof java.io.EOFException;
    }

    /** All places that are known on this disk. */
    List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>();
        for (String tenant : tenants()) of(tenant).scopes().forEach(scope -> places.add(new Place(tenant, scope)));
        return places;
    }

    private List<String> tenants() throws IOException {
        List<String> tenants = new ArrayList<>();
        for (Path folder : Folders.inside(home)) {
            Path about = folder.resolve(ABOUT);
            if (Files.isRegularFile(about)) tenants.add(Files.readString(about));
        }
        return tenants;
    }

    void purge() throws IOException {
        for (WordIndex index : open()) index.purge();
    }

    void purge(String tenant) throws IOException {
        of(tenant).purge();
    }

    void commit() throws IOException {
        for (WordIndex index : open()) index.commit();
    }

    private synchronized List<WordIndex> open() {
        return slots.values().stream().map(slot -> slot.index).toList();
    }

    synchronized void trim(Duration idle) throws IOException {
        long unusedSince = clock.millis() - idle.toMillis();
        List<String> unused = slots.entrySet().stream()
                .filter(each -> each.getValue().usedMillis < unusedSince)
                .map(Map.Entry::getKey)
                .toList();
        for (String tenant : unused) close(tenant);
    }

    private void close(String tenant) throws IOException {
        Slot slot = slots.remove(tenant);
        if (slot != null) slot.index.close();
    }

    String state() {
        return emptied == 0 ? "ready" : "ready; emptied because of damage and built again: " + emptied;
    }

    @Override
    public synchronized void close() throws IOException {
        for (String tenant : List.copyOf(slots.keySet())) close(tenant);
    }
}
