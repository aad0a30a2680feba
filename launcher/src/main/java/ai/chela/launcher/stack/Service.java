package ai.chela.launcher.stack;

import java.nio.file.Path;
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

    /**
     * Where its jars are.
     *
     * @param root the project's folder
     */
    public Path packaged(Path root) {
        return root.resolve(folder).resolve("target/quarkus-app");
    }

    /** What its JVM has learned, once it has. */
    public Path cache(Path root) {
        return packaged(root).resolve("app.aot");
    }

    public static List<String> shortNames() {
        return List.of(values()).stream().map(Service::shortName).toList();
    }
}
