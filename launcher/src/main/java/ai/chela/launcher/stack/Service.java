package ai.chela.launcher.stack;

import java.util.List;
import java.util.Locale;

/** The five services, in the order in which they are stopped: who takes in first, who is needed longest last. */
public enum Service {
    GATEWAY("gateway-service", 160),
    SCHEDULER("scheduler-service", 128),
    AGENT("agent-service", 160),
    TOOL_RUNNER("tool-runner", 128),
    MEMORY("memory-service", 128);

    private final String folder;
    private final int heapMegabytes;

    Service(String folder, int heapMegabytes) {
        this.folder = folder;
        this.heapMegabytes = heapMegabytes;
    }

    /** The folder of its module, which is also the name of its process. */
    public String folder() {
        return folder;
    }

    /** The short name: its schema, its Kafka user, the middle of its roles' names. */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The most heap that its JVM may take, in MiB. */
    public int heapMegabytes() {
        return heapMegabytes;
    }

    public static List<String> shortNames() {
        return List.of(values()).stream().map(Service::shortName).toList();
    }
}
