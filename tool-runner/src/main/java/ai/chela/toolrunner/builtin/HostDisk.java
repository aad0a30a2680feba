package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How full the file systems of the host are that the runner runs on. */
public final class HostDisk implements Tool {
    private static final int MOST = 12;
    /** File systems with room of their own although no device is named. */
    private static final Set<String> WITHOUT_DEVICE =
            Set.of("overlay", "zfs", "btrfs", "nfs", "nfs4", "cifs", "9p", "virtiofs");

    private final Path mounts;

    /** @param mounts in the form of {@code /proc/mounts} */
    public HostDisk(Path mounts) {
        this.mounts = mounts;
    }

    @Override
    public Declaration declaration() {
        return Reading.declared("host.disk", "1", "Free and used space of the host's file systems.", Schema.object());
    }

    private record Disk(String path, long total, long free) {
        Map<String, Object> data() {
            return Map.of("path", path, "totalBytes", total, "freeBytes", free);
        }
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        List<Disk> disks;
        try {
            disks = disks();
        } catch (IOException unreadable) {
            return new ToolResult.Failed(
                    "host.unreadable", context.say("The host's file systems cannot be read.", "无法读取主机的文件系统。"));
        }
        StringBuilder text = new StringBuilder(context.say("Disk of the host:", "主机磁盘："));
        for (Disk disk : disks) text.append('\n').append(line(disk, context));
        return new ToolResult.Ok(
                text.toString(), Map.of("disks", disks.stream().map(Disk::data).toList()));
    }

    private static String line(Disk disk, ToolContext context) {
        String free = Sizes.shown(disk.free);
        String total = Sizes.shown(disk.total);
        long used = Sizes.percent(disk.total - disk.free, disk.total);
        return context.say(
                disk.path + ": " + free + " free of " + total + " (" + used + "% used)",
                disk.path + "：剩余 " + free + "，共 " + total + "（已用 " + used + "%）");
    }

    private List<Disk> disks() throws IOException {
        List<Disk> disks = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String line : Files.readAllLines(mounts)) {
            String[] fields = line.split(" ");
            if (fields.length < 3 || disks.size() == MOST || !hasRoom(fields[0], fields[2])) continue;
            // the first mount of a device is where people look for it; binds of parts of it follow
            Path path = Path.of(fields[1].replace("\\040", " "));
            if (Files.isDirectory(path) && seen.add(fields[0])) {
                FileStore store = Files.getFileStore(path);
                if (store.getTotalSpace() > 0)
                    disks.add(new Disk(path.toString(), store.getTotalSpace(), store.getUsableSpace()));
            }
        }
        return disks;
    }

    private static boolean hasRoom(String device, String type) {
        boolean image = type.equals("squashfs") || type.equals("iso9660");
        return !image && (device.startsWith("/") || WITHOUT_DEVICE.contains(type));
    }
}
