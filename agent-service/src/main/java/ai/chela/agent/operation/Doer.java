package ai.chela.agent.operation;

/** Who does an operation. */
public enum Doer {
    /** This service, at once. */
    AGENT,
    /** This service: a preference of the person. */
    PREFERENCE,
    /** memory-service, a read-only question. */
    RECALL,
    /** memory-service, a change. */
    MEMORY,
    /** scheduler-service. */
    SCHEDULER,
    /** tool-runner. */
    TOOL;

    /** By the family in the operation's name; everything that is not ours is a tool. */
    public static Doer of(String operation) {
        if (operation.equals("memory.recall") || operation.equals("memory.search")) return RECALL;
        return switch (operation.substring(0, Math.max(0, operation.indexOf('.')))) {
            case "agent", "approval" -> AGENT;
            case "settings" -> PREFERENCE;
            case "memory" -> MEMORY;
            case "schedule", "watch" -> SCHEDULER;
            default -> TOOL;
        };
    }
}
