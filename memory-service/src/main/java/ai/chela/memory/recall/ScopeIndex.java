package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The current facts of one scope, decrypted and indexed, in memory only. It follows the scope's change numbers: a batch
 * of changes that it has seen already does nothing. Thread-safe.
 */
public final class ScopeIndex {
    private static final double K1 = 1.2;

    /** Memories are single sentences mostly, so length says little: far below the 0.75 that suits documents. */
    private static final double B = 0.3;

    /** As if the scope held this many more facts: with few facts, how often a word occurs says nothing yet. */
    private static final double PRIOR = 40;

    /** What BM25 finds is looked at closely up to this many. */
    private static final int CANDIDATES = 200;

    /** And so many of what is near in meaning. */
    private static final int CANDIDATES_BY_MEANING = 50;

    private record Document(Fact fact, List<Passage> passages, Map<String, Integer> counts, int length) {}

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Document> documents = new HashMap<>();
    private final Map<String, Map<String, Document>> postings = new HashMap<>();
    private long totalLength;
    private long bytes;
    private volatile long change;
    private final AtomicBoolean followed = new AtomicBoolean();

    /** The change number up to which it has been brought; 0 when nothing was loaded. */
    public long change() {
        return change;
    }

    /** Estimated size in memory. */
    public long bytes() {
        return bytes;
    }

    /** Applies changes in their order, and notes that all up to {@code head} are in. */
    public void apply(List<Change> changes, long head) {
        lock.writeLock().lock();
        try {
            for (Change next : changes) {
                if (next.number() <= change) continue;
                switch (next) {
                    case Change.Current(long _, Fact fact) -> {
                        remove(fact.id());
                        add(fact);
                    }
                    case Change.Gone(long _, String id) -> remove(id);
                }
                change = next.number();
            }
            change = Math.max(change, head);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The facts that share a word with the question, best first. */
    public List<Hit> search(Question question, String asker, int limit) {
        lock.readLock().lock();
        try {
            return Hit.ranked(candidates(question).stream().map(document -> hit(document, question, asker)), limit);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void add(Fact fact) {
        List<Passage> passages = Passage.of(fact.text(), fact.saidBy());
        Map<String, Integer> counts = new HashMap<>();
        for (Passage passage : passages) for (String key : passage.keys()) counts.merge(key, 1, Integer::sum);
        int length = counts.values().stream().mapToInt(Integer::intValue).sum();
        Document document = new Document(fact, passages, counts, length);
        documents.put(fact.id(), document);
        for (String key : counts.keySet())
            postings.computeIfAbsent(key, _ -> new HashMap<>()).put(fact.id(), document);
        totalLength += length;
        bytes += size(document);
    }

    private void remove(String id) {
        Document document = documents.remove(id);
        if (document == null) return;
        for (String key : document.counts().keySet()) {
            Map<String, Document> list = postings.get(key);
            if (list != null && list.remove(id) != null && list.isEmpty()) postings.remove(key);
        }
        totalLength -= document.length();
        bytes -= size(document);
    }

    /** Text, keys in passages and counts, and the posting of each key. */
    private static long size(Document document) {
        return 400L
                + 4L * document.fact().text().length()
                + 200L * document.counts().size();
    }

    /**
     * What may answer the question: the facts that share words with it, and those that are near in meaning.
     *
     * @param nearness of this scope's facts to the question
     */
    List<Candidate> candidates(Question question, String asker, Nearness nearness) {
        lock.readLock().lock();
        try {
            Map<Document, Double> scores = words(question);
            Map<String, Candidate> candidates = new LinkedHashMap<>();
            for (Document document : best(scores)) add(candidates, document, scores, question, asker, nearness);
            for (String id : nearness.nearest(CANDIDATES_BY_MEANING)) {
                Document document = documents.get(id);
                if (document != null) add(candidates, document, scores, question, asker, nearness);
            }
            return List.copyOf(candidates.values());
        } finally {
            lock.readLock().unlock();
        }
    }

    private void add(
            Map<String, Candidate> candidates,
            Document document,
            Map<Document, Double> scores,
            Question question,
            String asker,
            Nearness nearness) {
        Fact fact = document.fact();
        candidates.computeIfAbsent(
                fact.id(),
                id -> new Candidate(
                        fact,
                        scores.getOrDefault(document, 0.0),
                        hit(document, question, asker).score(),
                        nearness.cosine(id)));
    }

    /** True once: whoever follows its changes must first look at all that it holds. */
    boolean firstFollowed() {
        return followed.compareAndSet(false, true);
    }

    /** All that it holds, in no order. */
    List<Fact> facts() {
        lock.readLock().lock();
        try {
            return documents.values().stream().map(Document::fact).toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    private List<Document> candidates(Question question) {
        return best(words(question));
    }

    private static List<Document> best(Map<Document, Double> scores) {
        List<Map.Entry<Document, Double>> ranked = new ArrayList<>(scores.entrySet());
        ranked.sort(Map.Entry.<Document, Double>comparingByValue().reversed());
        return ranked.stream().limit(CANDIDATES).map(Map.Entry::getKey).toList();
    }

    /** BM25 of the facts that share a word with the question. */
    private Map<Document, Double> words(Question question) {
        Map<Document, Double> scores = new java.util.IdentityHashMap<>();
        for (String key : question.keys()) {
            Map<String, Document> list = postings.get(key);
            if (list == null) continue;
            double rarity = rarity(list.size());
            for (Document document : list.values())
                scores.merge(document, rarity * saturation(document, key), Double::sum);
        }
        return scores;
    }

    private double saturation(Document document, String key) {
        int count = document.counts().getOrDefault(key, 0);
        double average = documents.isEmpty() ? 1 : Math.max(1, (double) totalLength / documents.size());
        return count * (K1 + 1) / (count + K1 * (1 - B + B * document.length() / average));
    }

    /** Inverse document frequency. */
    private double rarity(int facts) {
        double all = documents.size() + PRIOR;
        double having = facts + PRIOR / 20;
        return Math.log(1 + (all - having + 0.5) / (having + 0.5));
    }

    private Hit hit(Document document, Question question, String asker) {
        Set<String> all = document.counts().keySet();
        double best = 0;
        for (Passage passage : document.passages()) best = Math.max(best, fit(passage, all, question));
        boolean another = question.firstPerson() && !document.fact().speaker().equals(asker);
        return new Hit(document.fact(), another ? best * Fit.ABOUT_ANOTHER : best);
    }

    private double fit(Passage passage, Set<String> document, Question question) {
        double asked = 0;
        double found = 0;
        double said = 0;
        for (Term term : question.terms()) {
            double weight = term.weight() * rarity(term);
            asked += weight;
            said += term.weight();
            found += weight * Math.max(term.foundIn(passage.keys()), Fit.ELSEWHERE * term.foundIn(document));
        }
        return Fit.score(
                asked == 0 ? 0 : found / asked, passage.side(question.keys()), said, question.answeredBy(passage));
    }

    private double rarity(Term term) {
        int facts = term.pairs().stream().mapToInt(this::having).max().orElseGet(() -> having(term.key()));
        return rarity(facts);
    }

    private int having(String key) {
        Map<String, Document> list = postings.get(key);
        return list == null ? 0 : list.size();
    }

    /** How many facts it holds. */
    public int size() {
        return documents.size();
    }
}
