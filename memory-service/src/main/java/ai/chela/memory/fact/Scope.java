package ai.chela.memory.fact;

/** Who may recall a memory. Every stored fact has exactly one, and every query names those that it may see. */
public sealed interface Scope {
    /** Told in a conversation of the person's own: nobody else ever recalls it. */
    record Person(String id) implements Scope {}

    /** Told where others could read it: everybody of the tenant recalls it. */
    record Tenant() implements Scope {}

    /** The form in the database; the person's id is part of it, so scopes of two persons never meet. */
    default String stored() {
        return switch (this) {
            case Person(String id) -> "person:" + id;
            case Tenant() -> "tenant";
        };
    }

    /** The form that is shown: {@code person} or {@code tenant}. */
    default String shown() {
        return switch (this) {
            case Person _ -> "person";
            case Tenant _ -> "tenant";
        };
    }

    /**
     * Reads {@link #stored()} back.
     *
     * @throws IllegalArgumentException when it is not of that form
     */
    static Scope of(String stored) {
        if (stored.equals("tenant")) return new Tenant();
        if (stored.startsWith("person:")) return new Person(stored.substring("person:".length()));
        throw new IllegalArgumentException("no scope: " + stored);
    }
}
