package ai.chela.memory.index;

import java.util.Iterator;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.apache.lucene.util.BytesRef;

/** Terms that were made elsewhere, each once with how often it occurs. */
final class CountedTerms extends TokenStream {
    private final Map<BytesRef, Integer> counts;
    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
    private Iterator<Map.Entry<BytesRef, Integer>> left;

    CountedTerms(Map<BytesRef, Integer> counts) {
        this.counts = counts;
        this.left = counts.entrySet().iterator();
    }

    @Override
    public boolean incrementToken() {
        if (!left.hasNext()) return false;
        clearAttributes();
        Map.Entry<BytesRef, Integer> next = left.next();
        term.setBytesRef(next.getKey());
        frequency.setTermFrequency(next.getValue());
        return true;
    }

    @Override
    public void reset() {
        left = counts.entrySet().iterator();
    }
}
