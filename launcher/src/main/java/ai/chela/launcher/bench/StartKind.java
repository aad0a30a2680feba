package ai.chela.launcher.bench;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.stack.Natives;
import ai.chela.launcher.stack.Service;
import ai.chela.launcher.supervise.LearnedStart;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways to run a service that are compared with each other. */
enum StartKind {
    /** The jars of {@link #AOT} without what their JVM has learned; a second packaging would take minutes. */
    FAST_JAR("fast-jar", List.of(), Map.of(LearnedStart.UNLEARNED, "1")),
    AOT("aot", List.of(), Map.of()),
    NATIVE("native", List.of("--native"), Map.of());

    private final String label;
    private final List<String> arguments;
    private final Map<String, String> variables;

    StartKind(String label, List<String> arguments, Map<String, String> variables) {
        this.label = label;
        this.arguments = arguments;
        this.variables = variables;
    }

    /** As {@code --kinds} names it. */
    String label() {
        return label;
    }

    /** What {@code up} gets besides. */
    List<String> arguments() {
        return arguments;
    }

    /** The variables that {@code up} gets besides. */
    Map<String, String> variables() {
        return variables;
    }

    /** The kinds with these labels, in the order in which they are compared; all when none is named. */
    static List<StartKind> chosen(Surroundings here, List<String> labels) {
        for (String label : labels)
            if (Arrays.stream(values()).noneMatch(it -> it.label.equals(label)))
                throw new Problem(
                        ExitCode.USAGE,
                        here.language()
                                .say(
                                        "--kinds %s: there is no such kind. There are %s.",
                                        "--kinds %s：没有这一种。可选：%s。",
                                        label,
                                        Arrays.stream(values())
                                                .map(StartKind::label)
                                                .collect(Collectors.joining(", "))));
        return Arrays.stream(values())
                .filter(it -> labels.isEmpty() || labels.contains(it.label))
                .toList();
    }

    /** Why it cannot be measured here; empty when it can. */
    Optional<String> obstacle(Surroundings here, DataFolder data) throws IOException {
        return switch (this) {
            case FAST_JAR -> Optional.empty();
            case AOT ->
                List.of(Service.values()).stream().allMatch(it -> Files.exists(it.cache(here.root())))
                        ? Optional.empty()
                        : Optional.of(here.language()
                                .say(
                                        "the services have not learned their start yet: `./chela build`",
                                        "各服务尚未学习启动过程：请运行 `./chela build`"));
            case NATIVE ->
                Natives.of(here.root(), data).executables().isEmpty()
                        ? Optional.of(here.language()
                                .say(
                                        "no service has a native executable of the sources as they are: `./chela build --native`",
                                        "没有任何服务具有与当前源码一致的原生可执行文件：请运行 `./chela build --native`"))
                        : Optional.empty();
        };
    }
}
