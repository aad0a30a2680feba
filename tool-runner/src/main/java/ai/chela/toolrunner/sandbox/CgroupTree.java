package ai.chela.toolrunner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Where this process may make control groups: one folder below its own group with cgroup v2, one per controller with
 * v1. Groups are named after this process (pid namespace, pid, start time), so that a later start recognises those of a
 * process that is gone, and leaves those of a living neighbour alone.
 */
final class CgroupTree {
    private static final Logger LOG = Logger.getLogger(CgroupTree.class);
    private static final String PREFIX = "chela-run-";
    private static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");

    private final boolean unified;
    private final List<Path> parents;
    private final String owner;

    private CgroupTree(boolean unified, List<Path> parents, String owner) {
        this.unified = unified;
        this.parents = List.copyOf(parents);
        this.owner = owner;
    }

    /** What the search came to. */
    sealed interface Found {
        record Usable(CgroupTree tree) implements Found {}

        /** @param reason for the operator, in English */
        record Unusable(String reason) implements Found {}
    }

    /** Looks where groups can be made, by making one with limits and removing it again. */
    static Found find(MountedCgroups mounted) {
        try {
            String owner = PREFIX + Owner.mark();
            CgroupTree tree = mounted.ownV2().isPresent()
                    ? new CgroupTree(true, List.of(delegated(mounted.ownV2().get())), owner)
                    : new CgroupTree(false, ownV1(mounted), owner);
            tree.open("probe", SandboxLimits.standard()).close();
            return new Found.Usable(tree);
        } catch (IOException unusable) {
            return new Found.Unusable(unusable.getClass().getSimpleName() + ": " + unusable.getMessage());
        }
    }

    /**
     * Makes the group of one run, with its limits.
     *
     * @param run unique among the living runs of this process
     */
    Cgroup open(String run, SandboxLimits limits) throws IOException {
        List<Path> made = new ArrayList<>();
        try {
            for (Path parent : parents) made.add(Files.createDirectory(parent.resolve(owner + "-" + run)));
            if (unified) limitV2(made.getFirst(), limits);
            else limitV1(made, limits);
            return new Cgroup(made);
        } catch (IOException failed) {
            new Cgroup(made).close();
            throw failed;
        }
    }

    /** Kills and removes what runners that are gone left behind. */
    void sweep() throws IOException {
        for (Path parent : parents)
            try (Stream<Path> children = Files.list(parent)) {
                for (Path child : children.filter(CgroupTree::isAbandoned).toList()) {
                    LOG.infof("sandbox.swept cgroup=%s", child.getFileName());
                    new Cgroup(List.of(child)).close();
                }
            }
    }

    private static boolean isAbandoned(Path folder) {
        String name = folder.getFileName().toString();
        return name.startsWith(PREFIX) && Owner.isGone(name.substring(PREFIX.length()));
    }

    private static void limitV2(Path folder, SandboxLimits limits) throws IOException {
        write(folder, "memory.max", limits.memoryBytes());
        if (Files.exists(folder.resolve("memory.swap.max"))) write(folder, "memory.swap.max", 0);
        write(folder, "pids.max", limits.processes() + MACHINERY);
        Files.writeString(folder.resolve("cpu.max"), limits.cpuPercent() * 1000 + " 100000");
    }

    private static void limitV1(List<Path> folders, SandboxLimits limits) throws IOException {
        write(folders.get(0), "memory.limit_in_bytes", limits.memoryBytes());
        if (Files.exists(folders.get(0).resolve("memory.memsw.limit_in_bytes")))
            write(folders.get(0), "memory.memsw.limit_in_bytes", limits.memoryBytes());
        write(folders.get(1), "pids.max", limits.processes() + MACHINERY);
        write(folders.get(2), "cpu.cfs_period_us", 100_000);
        write(folders.get(2), "cpu.cfs_quota_us", limits.cpuPercent() * 1000L);
    }

    /** bwrap outside, and the shells that set limits. */
    private static final int MACHINERY = 4;

    private static void write(Path folder, String file, long value) throws IOException {
        Files.writeString(folder.resolve(file), Long.toString(value));
    }

    private static List<Path> ownV1(MountedCgroups mounted) throws IOException {
        Map<String, Path> own = mounted.ownV1();
        List<Path> parents = new ArrayList<>();
        for (String controller : CONTROLLERS) {
            Path parent = own.get(controller);
            if (parent == null) throw new IOException("the cgroup controller " + controller + " is not mounted");
            parents.add(parent);
        }
        return parents;
    }

    /** Own group with the controllers passed on to its children, which v2 allows only where no process is in it. */
    private static Path delegated(Path own) throws IOException {
        if (passesOn(own)) return own;
        Path members = own.resolve("cgroup.procs");
        String self = Long.toString(ProcessHandle.current().pid());
        boolean root = !Files.exists(own.resolve("cgroup.type"));
        if (!root) {
            if (!Files.readAllLines(members).equals(List.of(self)))
                throw new IOException("other processes are in " + own + "; start the runner in a group of its own"
                        + " (systemd: Delegate=yes)");
            Path leaf = own.resolve("chela-runner");
            if (!Files.exists(leaf)) Files.createDirectory(leaf);
            Files.writeString(leaf.resolve("cgroup.procs"), self);
        }
        Files.writeString(own.resolve("cgroup.subtree_control"), "+memory +pids +cpu");
        return own;
    }

    private static boolean passesOn(Path group) throws IOException {
        Path file = group.resolve("cgroup.subtree_control");
        return Files.exists(file)
                && List.of(Files.readString(file).strip().split(" ")).containsAll(CONTROLLERS);
    }
}
