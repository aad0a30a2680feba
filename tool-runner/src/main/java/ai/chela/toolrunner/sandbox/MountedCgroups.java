package ai.chela.toolrunner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads where the control groups of this process are mounted.
 *
 * @param mountinfo lines of {@code /proc/self/mountinfo}
 * @param membership lines of {@code /proc/self/cgroup}
 */
record MountedCgroups(List<String> mountinfo, List<String> membership) {

    /** Of this process. */
    static MountedCgroups ofThisProcess() throws IOException {
        return new MountedCgroups(
                Files.readAllLines(Path.of("/proc/self/mountinfo")), Files.readAllLines(Path.of("/proc/self/cgroup")));
    }

    /** The own group in the unified hierarchy, empty where its controllers belong to v1 (hybrid) or there is none. */
    Optional<Path> ownV2() throws IOException {
        for (Mount mount : mounts("cgroup2")) {
            String own = memberOf("");
            Path folder = mount.folderOf(own == null ? "/" : own);
            Path controllers = folder.resolve("cgroup.controllers");
            if (Files.exists(controllers) && Files.readString(controllers).contains("memory"))
                return Optional.of(folder);
        }
        return Optional.empty();
    }

    /** The own group of each v1 controller. */
    Map<String, Path> ownV1() {
        Map<String, Path> own = new HashMap<>();
        for (Mount mount : mounts("cgroup"))
            for (String controller : mount.controllers()) {
                String group = memberOf(controller);
                if (group != null) own.put(controller, mount.folderOf(group));
            }
        return own;
    }

    private record Mount(String root, Path at, List<String> controllers) {
        /** In a container the membership is a path of the host, of which only the part below the mount's root shows. */
        Path folderOf(String group) {
            String below = root.equals("/") ? group : group.startsWith(root) ? group.substring(root.length()) : "/";
            Path folder = Path.of(at.toString(), below);
            return Files.isDirectory(folder) ? folder : at;
        }
    }

    private List<Mount> mounts(String type) {
        return mountinfo.stream()
                .filter(line -> line.contains(" - " + type + " "))
                .map(line -> {
                    String[] fields = line.split(" ");
                    return new Mount(fields[3], Path.of(fields[4]), List.of(fields[fields.length - 1].split(",")));
                })
                .toList();
    }

    private @org.jspecify.annotations.Nullable String memberOf(String controller) {
        for (String line : membership) {
            String[] fields = line.split(":", 3);
            if (List.of(fields[1].split(",", -1)).contains(controller)) return fields[2];
        }
        return null;
    }
}
