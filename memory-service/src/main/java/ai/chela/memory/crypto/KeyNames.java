package ai.chela.memory.crypto;

/** What each sealed thing is sealed as. A name never changes: what is stored opens only under the same one. */
public final class KeyNames {
    private KeyNames() {}

    /** A tenant's key under a master key. */
    public static String tenantKey(String tenant) {
        return "tenant-key/" + tenant;
    }

    /**
     * A scope's key under its tenant's.
     *
     * @param scope in its stored form
     */
    public static String scopeKey(String tenant, String scope) {
        return "scope-key/" + tenant + "/" + scope;
    }

    /** A former key of a tenant under the one that came after it. */
    public static String formerTenantKey(String tenant, long generation) {
        return "former-tenant-key/" + tenant + "/" + generation;
    }

    /**
     * A former key of a scope under the one that came after it.
     *
     * @param scope in its stored form
     */
    public static String formerScopeKey(String tenant, String scope, long generation) {
        return "former-scope-key/" + tenant + "/" + generation + "/" + scope;
    }

    /** A memory's key under its scope's. */
    public static String memoryKey(String tenant, String memory) {
        return "memory-key/" + tenant + "/" + memory;
    }

    /** A memory's content under its own key. */
    public static String body(String tenant, String memory) {
        return "body/" + tenant + "/" + memory;
    }
}
