package ai.chela.launcher.stack;

import ai.chela.launcher.Problem;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.language.Language;
import ai.chela.launcher.supervise.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Which services can run as native executables: those with one that {@code ./chela build --native} made from the sources
 * that their jar was made from.
 *
 * @param executables by service
 * @param obstacles of all other services
 */
public record Natives(Map<Service, Path> executables, Map<Service, Obstacle> obstacles) {
    /** Why a service runs on the JVM. */
    public enum Obstacle {
        NOT_BUILT("no native executable was built", "尚未构建原生可执行文件"),
        OTHER_SOURCES("its native executable was built from other sources", "其原生可执行文件由其他版本的源码构建"),
        IN_PROCESS_PARTS(
                "memory.yaml asks for the embedded index or for a model in the process, which no native executable has",
                "memory.yaml 使用内嵌索引或进程内模型，原生可执行文件不含这些部分");

        private final String english;
        private final String chinese;

        Obstacle(String english, String chinese) {
            this.english = english;
            this.chinese = chinese;
        }

        public String text(Language language) {
            return language.say(english, chinese);
        }
    }

    /** Where a module keeps its executable. */
    private static final Path FOLDER = Path.of("target/native");

    /** No service is to run natively. */
    static final Natives NONE = new Natives(Map.of(), Map.of());

    public Natives {
        executables = Map.copyOf(executables);
        obstacles = Map.copyOf(obstacles);
    }

    /**
     * Looks what there is.
     *
     * @param root the project's folder
     * @param data the folder whose configuration is to be run with; one without a configuration has the defaults
     */
    public static Natives of(Path root, DataFolder data) throws IOException {
        Map<Service, Path> executables = new EnumMap<>(Service.class);
        Map<Service, Obstacle> obstacles = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            Optional<Obstacle> obstacle = obstacle(root, data, service);
            if (obstacle.isPresent()) obstacles.put(service, obstacle.get());
            else executables.put(service, executable(root, service));
        }
        return new Natives(executables, obstacles);
    }

    /** Whether a process of a service runs its native executable. */
    public static boolean isNative(ProcessId process) {
        return process.program()
                .map(Path::getParent)
                .filter(it -> it.endsWith(FOLDER))
                .isPresent();
    }

    private static Path executable(Path root, Service service) {
        return root.resolve(service.folder()).resolve(FOLDER).resolve(service.folder());
    }

    private static Optional<Obstacle> obstacle(Path root, DataFolder data, Service service) throws IOException {
        if (service == Service.MEMORY && needsTheJvm(data.config().resolve("memory.yaml")))
            return Optional.of(Obstacle.IN_PROCESS_PARTS);
        Path executable = executable(root, service);
        if (!Files.isExecutable(executable)) return Optional.of(Obstacle.NOT_BUILT);
        // ./chela keeps both: the hash of the sources of the executable, and that of the jar, which `up` has just built
        String sources = stamp(executable.resolveSibling("stamp"));
        String ofJar = stamp(root.resolve("launcher/target/stamps").resolve(service.folder()));
        return sources.isEmpty() || !sources.equals(ofJar) ? Optional.of(Obstacle.OTHER_SOURCES) : Optional.empty();
    }

    private static String stamp(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    /** Whether this configuration, which has defaults for what it does not name, needs Lucene or a model in the process. */
    static boolean needsTheJvm(Path memory) throws IOException {
        if (!Files.exists(memory)) return true;
        try {
            Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(memory));
            if (!(content instanceof Map<?, ?> keys)) return true;
            boolean served = "qdrant".equals(keys.get("index"));
            // "off" without quotes is YAML for false
            Object embedding = keys.get("embedding");
            boolean elsewhere =
                    "endpoint".equals(embedding) || "off".equals(embedding) || Boolean.FALSE.equals(embedding);
            return !served || !elsewhere;
        } catch (YAMLException e) {
            throw new Problem(memory + ": " + Problem.reason(e), e);
        }
    }
}
