package ai.chela.memory.fact;

import ai.chela.contracts.memory.MemoryOrigin;

/** How far a memory is trusted, from 0 to 1: never more than what it came from. The order counts, not the distances. */
public final class Trust {
    private Trust() {}

    /** A person's own word is worth 1, what was noticed in her words less, what a model chose or said half, a tool's or a page's text least. */
    public static double of(MemoryOrigin origin) {
        return switch (origin) {
            case SAID -> 1;
            case LEARNED -> 0.8;
            case PICKED, MODEL -> 0.5;
            case TOOL -> 0.2;
        };
    }
}
