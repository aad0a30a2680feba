package ai.chela.memory.index;

import ai.chela.memory.fact.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * The words of one tenant's memories, by Lucene. Every term begins with the digest of its scope, so that a search in one scope
 * cannot meet a term of another, and how common a term is, is counted within the scope. No sentence is stored, only which
 * terms stand in which entry.
 *
 * <p>Changes are written by {@link #commit}; after a crash the numbers say what to apply again. One process at a time. Blocks
 * on files. Thread-safe.
 */
final class WordIndex implements AutoCloseable {
    private final NRTCachingDirectory directory;
    private final IndexWriter writer;
    private final ReaderManager readers;
    private final ReachedFile reached;
    private final Map<Scope, Long> applied;

    /** Held for reading by searches: who has purged waits for those that still read what was there before. */
    private final ReentrantReadWriteLock reading = new ReentrantReadWriteLock();

    /** How often something was written, and how often what the readers see has been. */
    private volatile long written;

    private volatile long seen;
    private boolean uncommitted;

    private WordIndex(NRTCachingDirectory directory, IndexWriter writer, ReachedFile reached) throws IOException {
        this.directory = directory;
        this.writer = writer;
        this.readers = new ReaderManager(writer);
        this.reached = reached;
        this.applied = new HashMap<>(reached.numbers());
    }

    /**
     * Opens the index in a folder, which is there; makes it where there is none.
     *
     * @throws IOException also when what is there is damaged or of another version: then the folder is to be emptied
     */
    static WordIndex open(Path folder) throws IOException {
        NRTCachingDirectory directory = LuceneFiles.directory(folder);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, LuceneFiles.writing());
            boolean fresh = !DirectoryReader.indexExists(directory);
            if (fresh) writer.commit();
            return new WordIndex(directory, writer, ReachedFile.open(folder.resolve("reached"), fresh));
        } catch (IOException | RuntimeException e) {
            if (writer != null) writer.rollback();
            directory.close();
            throw e;
        }
    }

    synchronized long reached(Scope scope) {
        return applied.getOrDefault(scope, 0L);
    }

    synchronized Set<Scope> scopes() {
        return Set.copyOf(applied.keySet());
    }

    synchronized void apply(Scope scope, List<Step> steps, long head) throws IOException {
        byte[] prefix = Terms.prefix(scope);
        long sofar = reached(scope);
        // what may be left of a scope whose number was lost
        if (sofar == 0) writer.deleteDocuments(new Term(Terms.SCOPE, new BytesRef(prefix)));
        for (Step step : steps) {
            if (step.number() <= sofar) continue;
            switch (step) {
                case Step.Put(long _, Entry entry) ->
                    writer.updateDocument(idTerm(prefix, entry.id()), document(prefix, entry));
                case Step.Gone(long _, String id) -> writer.deleteDocuments(idTerm(prefix, id));
            }
            sofar = step.number();
        }
        applied.put(scope, Math.max(sofar, head));
        if (!steps.isEmpty()) written++;
        uncommitted = true;
    }

    private static Document document(byte[] prefix, Entry entry) {
        Document document = new Document();
        BytesRef id = Terms.id(prefix, entry.id());
        document.add(new StringField(Terms.ID, id, Field.Store.NO));
        document.add(
                new BinaryDocValuesField(Terms.ID, new BytesRef(HexFormat.of().parseHex(entry.id()))));
        document.add(new Field(Terms.SCOPE, scopeStream(prefix, entry), Terms.COUNTED));
        if (!entry.terms().isEmpty())
            document.add(new Field(Terms.WORDS, wordStream(prefix, entry), Terms.WITH_LENGTH));
        return document;
    }

    /** Occurs once for each of its words and once more, so that an entry without words has it too. */
    private static TokenStream scopeStream(byte[] prefix, Entry entry) {
        return new CountedTerms(Map.of(new BytesRef(prefix), entry.length() + 1));
    }

    private static TokenStream wordStream(byte[] prefix, Entry entry) {
        Map<BytesRef, Integer> counts = new HashMap<>();
        entry.terms().forEach((key, count) -> counts.merge(Terms.word(prefix, key), count, Integer::sum));
        return new CountedTerms(counts);
    }

    private static Term idTerm(byte[] prefix, String id) {
        return new Term(Terms.ID, Terms.id(prefix, id));
    }

    /** Whether there is an entry, at this moment. */
    boolean contains(Scope scope, String id) throws IOException {
        byte[] prefix = Terms.prefix(scope);
        return reading(reader -> LuceneFiles.isLive(reader, idTerm(prefix, id)));
    }

    /** Ids of a scope in their order, from behind one on. */
    List<String> ids(Scope scope, String after, int most) throws IOException {
        byte[] prefix = Terms.prefix(scope);
        return reading(reader -> LuceneFiles.ids(reader, prefix, after, most));
    }

    /** The best candidates by words, best first. */
    List<String> search(Scope scope, Found.Counts counts, int most) throws IOException {
        if (most == 0 || counts.having().isEmpty()) return List.of();
        byte[] prefix = Terms.prefix(scope);
        return reading(reader -> WordSearch.best(reader, prefix, counts, most));
    }

    /** How common these keys are in a scope; knows nothing of vectors. */
    Found.Counts counts(Scope scope, Collection<String> keys) throws IOException {
        byte[] prefix = Terms.prefix(scope);
        return reading(reader -> WordSearch.counts(reader, prefix, keys));
    }

    private interface Reading<T> {
        T read(DirectoryReader reader) throws IOException;
    }

    /** Sees all that was applied before. */
    private <T> T reading(Reading<T> work) throws IOException {
        refresh();
        reading.readLock().lock();
        try {
            DirectoryReader reader = readers.acquire();
            try {
                return work.read(reader);
            } finally {
                readers.release(reader);
            }
        } finally {
            reading.readLock().unlock();
        }
    }

    /** Whoever comes while another refreshes waits, for what the other opens may not hold its own changes yet. */
    private void refresh() throws IOException {
        if (seen >= written) return;
        synchronized (readers) {
            long now = written;
            if (seen >= now) return;
            readers.maybeRefreshBlocking();
            seen = now;
        }
    }

    /** Marks as deleted; {@link #purge} takes it off the disk. */
    synchronized void remove(Scope scope, Collection<String> ids) throws IOException {
        byte[] prefix = Terms.prefix(scope);
        for (String id : ids) writer.deleteDocuments(idTerm(prefix, id));
        written++;
        uncommitted = true;
    }

    synchronized void drop(Scope scope) throws IOException {
        applied.remove(scope);
        // the number first: in between it must not say more than there is
        reached.write(applied);
        writer.deleteDocuments(new Term(Terms.SCOPE, new BytesRef(Terms.prefix(scope))));
        written++;
        uncommitted = true;
        commit();
    }

    /** Writes what was applied, then how far that is: a crash in between makes it apply some of it again. */
    synchronized void commit() throws IOException {
        if (!uncommitted) return;
        writer.commit();
        reached.write(applied);
        uncommitted = false;
    }

    /** Rewrites the files that hold something deleted; the old ones are gone when this returns. */
    void purge() throws IOException {
        synchronized (this) {
            uncommitted = true;
            commit();
        }
        writer.forceMergeDeletes(true);
        synchronized (this) {
            uncommitted = true;
            commit();
        }
        synchronized (this) {
            written++;
        }
        refresh();
        // what was read before the refresh is closed by its last reader
        reading.writeLock().lock();
        reading.writeLock().unlock();
        writer.deleteUnusedFiles();
    }

    /** Compares all files with their checksums. @throws IOException when one is damaged */
    void verify() throws IOException {
        reading(reader -> {
            for (LeafReaderContext leaf : reader.leaves())
                LuceneFiles.codec(leaf.reader()).checkIntegrity();
            return true;
        });
    }

    /** Bytes on disk. */
    long bytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) bytes += directory.fileLength(file);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        commit();
        abandon();
    }

    /** Closes without writing. */
    void abandon() throws IOException {
        reading.writeLock().lock();
        try {
            readers.close();
            writer.rollback();
            directory.close();
        } finally {
            reading.writeLock().unlock();
        }
    }
}
