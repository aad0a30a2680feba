package ai.chela.gateway.ratelimit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket for each key, the least recently used ones forgotten beyond a bound. Thread-safe. */
public final class RateLimit {
    private static final int MAX_KEYS = 100_000;

    private final double perSecond;
    private final int burst;
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MAX_KEYS;
        }
    };

    public RateLimit(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes a token of that key; zero when there was one, else how long to wait until there is. */
    public Duration take(String key) {
        long now = System.nanoTime();
        TokenBucket bucket;
        synchronized (buckets) {
            bucket = buckets.computeIfAbsent(key, _ -> new TokenBucket(perSecond, burst, now));
        }
        return bucket.take(now);
    }
}
