package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much memory the host has and has left. */
public final class HostMemory implements Tool {
    private final Path root;

    /** @param root what {@code proc} and {@code sys} are below, normally {@code /} */
    public HostMemory(Path root) {
        this.root = root;
    }

    @Override
    public Declaration declaration() {
        return Reading.declared("host.memory", "1", "Total, available and swap memory of the host.", Schema.object());
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        try {
            return read(context);
        } catch (IOException | NumberFormatException unreadable) {
            return new ToolResult.Failed(
                    "host.unreadable", context.say("The host's memory cannot be read.", "无法读取主机内存。"));
        }
    }

    private ToolResult read(ToolContext context) throws IOException {
        Map<String, Long> info = info();
        long total = info.getOrDefault("MemTotal", 0L);
        long available = info.getOrDefault("MemAvailable", 0L);
        long swap = info.getOrDefault("SwapTotal", 0L);
        long swapFree = info.getOrDefault("SwapFree", 0L);
        long limit = limit(total);
        String text = context.say(
                "Memory of the host: " + Sizes.shown(available) + " available of " + Sizes.shown(total) + " ("
                        + Sizes.percent(total - available, total) + "% used).",
                "主机内存：可用 " + Sizes.shown(available) + "，共 " + Sizes.shown(total) + "（已用 "
                        + Sizes.percent(total - available, total) + "%）。");
        if (swap > 0)
            text += context.say(
                    " Swap: " + Sizes.shown(swap - swapFree) + " used of " + Sizes.shown(swap) + ".",
                    "交换空间：已用 " + Sizes.shown(swap - swapFree) + "，共 " + Sizes.shown(swap) + "。");
        if (limit < total)
            text += context.say(
                    " This container may use " + Sizes.shown(limit) + ".", "此容器最多可用 " + Sizes.shown(limit) + "。");
        return new ToolResult.Ok(
                text,
                Map.of(
                        "totalBytes", total,
                        "availableBytes", available,
                        "swapTotalBytes", swap,
                        "swapFreeBytes", swapFree,
                        "limitBytes", Math.min(limit, total)));
    }

    private Map<String, Long> info() throws IOException {
        Map<String, Long> info = new HashMap<>();
        for (String line : Files.readAllLines(root.resolve("proc/meminfo"))) {
            String[] fields = line.split("[:\\s]+");
            if (fields.length >= 3 && fields[2].equals("kB")) info.put(fields[0], Long.parseLong(fields[1]) << 10);
        }
        return info;
    }

    /** The control group's limit where it is the container's root; the total without one. */
    private long limit(long total) throws IOException {
        for (String file : List.of("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes")) {
            Path path = root.resolve(file);
            if (!Files.isReadable(path)) continue;
            String value = Files.readString(path).strip();
            if (!value.equals("max")) return Long.parseLong(value);
        }
        return total;
    }
}
