package ai.chela.memory.index;

import ai.chela.memory.fact.Scope;

/** One scope of one tenant: what an index keeps, numbers and rebuilds apart from everything else. */
public record Place(String tenant, Scope scope) {
    public Place {
        if (tenant.isEmpty()) throw new IllegalArgumentException("tenant: empty");
    }
}
