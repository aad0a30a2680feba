package ai.chela.gateway.ratelimit;

import java.time.Duration;

/** A bucket that fills at a steady rate up to its size; each use takes one token. Thread-safe. */
public final class TokenBucket {
    private final double perNano;
    private final int size;
    private double tokens;
    private long updatedNanos;

    /**
     * @param perSecond tokens that come each second, above 0
     * @param size the most it holds, at least 1; it starts full
     * @param nowNanos {@link System#nanoTime()}
     */
    public TokenBucket(double perSecond, int size, long nowNanos) {
        this.perNano = perSecond / 1e9;
        this.size = size;
        this.tokens = size;
        this.updatedNanos = nowNanos;
    }

    /** Takes a token; zero when there was one, else how long to wait until there is. */
    public synchronized Duration take(long nowNanos) {
        tokens = Math.min(size, tokens + Math.max(0, nowNanos - updatedNanos) * perNano);
        updatedNanos = nowNanos;
        if (tokens >= 1) {
            tokens -= 1;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - tokens) / perNano));
    }
}
