package ai.chela.memory.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** How Lucene is set up here, and what it is asked for beside searches. */
final class LuceneFiles {
    /** Files as large as this are not merged further: to take one word off the disk, no more than this is rewritten. */
    private static final double LARGEST_SEGMENT_MB = 32;

    private static final double BUFFER_MB = 16;

    /** Small new files stay in memory until they are committed or merged. */
    private static final double CACHED_FILE_MB = 1;

    private static final double CACHED_MB = 8;

    private LuceneFiles() {}

    static NRTCachingDirectory directory(Path folder) throws IOException {
        return new NRTCachingDirectory(new MMapDirectory(folder.resolve("words")), CACHED_FILE_MB, CACHED_MB);
    }

    static IndexWriterConfig writing() {
        TieredMergePolicy merging = new TieredMergePolicy();
        merging.setMaxMergedSegmentMB(LARGEST_SEGMENT_MB);
        merging.setForceMergeDeletesPctAllowed(0);
        ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
        scheduler.setMaxMergesAndThreads(2, 1);
        IndexWriterConfig config = new IndexWriterConfig();
        config.setMergePolicy(merging);
        config.setMergeScheduler(scheduler);
        config.setRAMBufferSizeMB(BUFFER_MB);
        config.setCommitOnClose(false);
        return config;
    }

    static boolean isLive(DirectoryReader reader, Term term) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
            if (postings != null && firstLive(postings, leaf.reader().getLiveDocs())) return true;
        }
        return false;
    }

    private static boolean firstLive(PostingsEnum postings, @Nullable Bits live) throws IOException {
        for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc())
            if (live == null || live.get(doc)) return true;
        return false;
    }

    /** The ids behind a prefix, from behind one of them on, in their order. */
    static List<String> ids(DirectoryReader reader, byte[] prefix, String after, int most) throws IOException {
        List<String> ids = new ArrayList<>();
        org.apache.lucene.index.Terms all = MultiTerms.getTerms(reader, Terms.ID);
        if (all == null) return ids;
        Bits live = MultiBits.getLiveDocs(reader);
        TermsEnum terms = all.iterator();
        BytesRef from = after.isEmpty() ? new BytesRef(prefix) : Terms.id(prefix, after);
        TermsEnum.SeekStatus status = terms.seekCeil(from);
        BytesRef term = status == TermsEnum.SeekStatus.END ? null : terms.term();
        if (status == TermsEnum.SeekStatus.FOUND && !after.isEmpty()) term = terms.next();
        PostingsEnum postings = null;
        for (; term != null && startsWith(term, prefix) && ids.size() < most; term = terms.next()) {
            postings = terms.postings(postings, PostingsEnum.NONE);
            if (!firstLive(postings, live)) continue;
            ids.add(HexFormat.of().formatHex(term.bytes, term.offset + prefix.length, term.offset + term.length));
        }
        return ids;
    }

    private static boolean startsWith(BytesRef term, byte[] prefix) {
        return term.length > prefix.length
                && Arrays.equals(term.bytes, term.offset, term.offset + prefix.length, prefix, 0, prefix.length);
    }

    static CodecReader codec(LeafReader reader) throws IOException {
        LeafReader inner = org.apache.lucene.index.FilterLeafReader.unwrap(reader);
        if (inner instanceof CodecReader codec) return codec;
        throw new IOException("not of a codec: " + reader.getClass().getName());
    }
}
