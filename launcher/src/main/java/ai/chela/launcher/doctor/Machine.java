package ai.chela.launcher.doctor;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.config.PeopleFile;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.stack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What the local stack needs of this machine, looked at one by one. */
final class Machine {
    /** Kafka, PostgreSQL and five services at rest, with room to work. In MiB. */
    private static final long MEMORY_WANTED = 2_000;
    /** Programs, data and three days of topics. In MiB. */
    private static final long DISK_WANTED = 2_000;

    private final Surroundings here;
    private final DataFolder data;

    Machine(Surroundings here, DataFolder data) {
        this.here = here;
        this.data = data;
    }

    List<Finding> look() throws IOException, InterruptedException {
        List<Finding> found = new ArrayList<>();
        found.add(Finding.fine("JDK " + Runtime.version() + " (" + System.getProperty("java.home") + ")"));
        found.add(maven());
        found.add(sandbox());
        found.add(memory());
        found.add(disk());
        found.add(ports());
        found.addAll(rights());
        found.addAll(configuration());
        return found;
    }

    private String say(String english, String chinese, Object... arguments) {
        return here.language().say(english, chinese, arguments);
    }

    private Finding maven() {
        if (onPath("mvn")) return Finding.fine("Maven");
        return Finding.lacking(say(
                "Maven is not on the PATH; it is needed to build: `apt install maven`",
                "PATH 中没有 Maven，构建时需要：`apt install maven`"));
    }

    private Finding sandbox() throws InterruptedException {
        if (!onPath("bwrap"))
            return Finding.lacking(say(
                    "bubblewrap is missing: commands (\"run ...\") are refused until `apt install bubblewrap`",
                    "缺少 bubblewrap：在 `apt install bubblewrap` 之前，命令（“运行 ...”）会被拒绝"));
        if (succeeds("bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"))
            return Finding.fine(say("bubblewrap, and it can make a sandbox here", "bubblewrap，可在此创建沙箱"));
        return Finding.lacking(say(
                "bubblewrap is there, but may not make a sandbox: user namespaces are forbidden here. On Ubuntu see"
                        + " kernel.apparmor_restrict_unprivileged_userns, in a container its seccomp profile",
                "已安装 bubblewrap，但此处禁止用户命名空间，无法创建沙箱。Ubuntu 上请查看"
                        + " kernel.apparmor_restrict_unprivileged_userns，容器中请查看其 seccomp 配置"));
    }

    private Finding memory() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (!line.startsWith("MemAvailable:")) continue;
            long free = Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            String text = say("%d MB of memory are free", "可用内存 %d MB", free);
            return free >= MEMORY_WANTED
                    ? Finding.fine(text)
                    : Finding.lacking(text + say("; %d are advised", "；建议 %d MB", MEMORY_WANTED));
        }
        return Finding.lacking("/proc/meminfo: MemAvailable?");
    }

    private Finding disk() throws IOException {
        Path there = data.path();
        while (!Files.exists(there)) there = there.getParent() == null ? Path.of("/") : there.getParent();
        long free = Files.getFileStore(there).getUsableSpace() >> 20;
        String text = say("%d MB of disk are free at %s", "磁盘可用 %d MB（%s）", free, there);
        return free >= DISK_WANTED
                ? Finding.fine(text)
                : Finding.lacking(text + say("; %d are advised", "；建议 %d MB", DISK_WANTED));
    }

    private Finding ports() throws IOException {
        StackState state = StackState.read(data);
        int http = state.port(StackState.HTTP).orElse(Ports.DEFAULT_HTTP);
        if (state.runningSupervisor().isPresent())
            return Finding.fine(say("the stack of %s runs at %s", "%s 的环境运行于 %s", data.path(), state.address()));
        if (Ports.isFree(http)) return Finding.fine(say("port %d is free", "端口 %d 空闲", http));
        return Finding.wrong(Ports.held(here.language(), http, ""));
    }

    /** Everything below the data folder that somebody else could read; the insides of the processes aside. */
    private List<Finding> rights() throws IOException {
        if (!Files.exists(data.path()))
            return List.of(Finding.fine(
                    say("%s does not exist yet; `./chela up` makes it", "%s 尚不存在；`./chela up` 会创建它", data.path())));
        List<Finding> open = new ArrayList<>();
        List<Path> looked = new ArrayList<>(List.of(data.path(), data.token(), data.masterKey(), data.stateFile()));
        for (Path folder : List.of(data.config(), data.keys(), data.logs())) {
            if (!Files.isDirectory(folder)) continue;
            try (Stream<Path> files = Files.list(folder)) {
                looked.addAll(files.toList());
            }
        }
        for (Path path : looked) {
            if (!Files.exists(path)) continue;
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
            if (rights.stream()
                    .noneMatch(it -> it.name().startsWith("GROUP") || it.name().startsWith("OTHERS"))) continue;
            open.add(Finding.wrong(say(
                    "others can read %s; close it with `chmod go= '%s'`",
                    "其他人可以读取 %s；请执行 `chmod go= '%s'`", path, path)));
        }
        return open.isEmpty() ? List.of(Finding.fine(say("%s is its owner's alone", "%s 仅其所有者可读", data.path()))) : open;
    }

    private List<Finding> configuration() throws IOException {
        if (!Files.isDirectory(data.config())) return List.of();
        List<Finding> wrong = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(data.config())) {
            files = all.filter(it -> it.toString().endsWith(".yaml")).sorted().toList();
        }
        for (Path file : files) {
            try {
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
                if (file.endsWith("people.yaml")) PeopleFile.ids(data);
            } catch (YAMLException | IOException e) {
                wrong.add(Finding.wrong(file + ": " + Problem.reason(e)));
            }
        }
        return wrong.isEmpty()
                ? List.of(Finding.fine(say("%d configuration files can be read", "%d 个配置文件可读", files.size())))
                : wrong;
    }

    private boolean onPath(String program) {
        for (String folder : here.environment().getOrDefault("PATH", "").split(":"))
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) return true;
        return false;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false; // it cannot even be started
        }
    }
}
