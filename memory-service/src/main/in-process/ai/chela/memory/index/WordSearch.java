package ai.chela.memory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.BytesRef;

/** BM25 within one scope. */
final class WordSearch {
    private WordSearch() {}

    static Found.Counts counts(DirectoryReader reader, byte[] prefix, Collection<String> keys) throws IOException {
        Term scope = new Term(Terms.SCOPE, new BytesRef(prefix));
        long facts = reader.docFreq(scope);
        if (facts == 0) return Found.Counts.NONE;
        double average = (double) (reader.totalTermFreq(scope) - facts) / facts;
        Map<String, Long> having = new HashMap<>();
        for (String key : keys) {
            int entries = reader.docFreq(new Term(Terms.WORDS, Terms.word(prefix, key)));
            if (entries > 0) having.put(key, (long) entries);
        }
        return new Found.Counts(facts, average, having, 0);
    }

    /** Best first; only keys that occur are looked for. */
    static List<String> best(DirectoryReader reader, byte[] prefix, Found.Counts counts, int most) throws IOException {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String key : counts.having().keySet())
            any.add(new TermQuery(new Term(Terms.WORDS, Terms.word(prefix, key))), BooleanClause.Occur.SHOULD);
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        searcher.setSimilarity(new WithinScope(counts));
        List<String> ids = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(any.build(), most).scoreDocs) ids.add(id(reader, hit.doc));
        return ids;
    }

    private static String id(DirectoryReader reader, int document) throws IOException {
        LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
        BinaryDocValues ids = leaf.reader().getBinaryDocValues(Terms.ID);
        if (ids == null || !ids.advanceExact(document - leaf.docBase)) throw new IOException("an entry without an id");
        BytesRef id = ids.binaryValue();
        return HexFormat.of().formatHex(id.bytes, id.offset, id.offset + id.length);
    }

    /** With the scope's own figures in place of the whole tenant's. */
    private static final class WithinScope extends BM25Similarity {
        private final Found.Counts counts;

        WithinScope(Found.Counts counts) {
            super((float) Bm25.K1, (float) Bm25.B);
            this.counts = counts;
        }

        @Override
        protected float idf(long entries, long ofTheTenant) {
            return (float) Bm25.rarity(counts.facts(), entries);
        }

        @Override
        protected float avgFieldLength(CollectionStatistics ofTheTenant) {
            return (float) Math.max(1, counts.averageLength());
        }
    }
}
