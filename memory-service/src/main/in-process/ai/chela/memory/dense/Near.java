package ai.chela.memory.dense;

/**
 * A stored vector near the one that was asked for.
 *
 * @param id 32 hex digits
 * @param cosine from -1 to 1
 */
public record Near(String id, float cosine) {}
