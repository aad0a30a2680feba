package ai.chela.memory.config;

/** What the configuration names was left out of this executable; the service does not start. The message names the key. */
public final class NotBuiltInException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param key below {@code chela.memory.}
     * @param value as it is written in the configuration
     * @param allowed what this executable can do, for people
     */
    public NotBuiltInException(String key, String value, String allowed) {
        super(
                "chela.memory." + key + " is " + value + ", which a native executable cannot have; allowed here: "
                        + allowed + ". On a JVM memory-service has all of them.",
                null,
                false,
                false);
    }
}
