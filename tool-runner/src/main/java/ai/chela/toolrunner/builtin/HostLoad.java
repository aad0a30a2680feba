package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How busy the host is. */
public final class HostLoad implements Tool {
    private final Path root;

    /** @param root what {@code proc} is below, normally {@code /} */
    public HostLoad(Path root) {
        this.root = root;
    }

    @Override
    public Declaration declaration() {
        return Reading.declared(
                "host.load", "1", "Load averages, number of CPUs and uptime of the host.", Schema.object());
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        try {
            return read(context);
        } catch (IOException | NumberFormatException unreadable) {
            return new ToolResult.Failed(
                    "host.unreadable", context.say("The host's load cannot be read.", "无法读取主机负载。"));
        }
    }

    private ToolResult read(ToolContext context) throws IOException {
        List<String> averages = fields("proc/loadavg").subList(0, 3);
        long seconds = (long) Double.parseDouble(fields("proc/uptime").getFirst());
        Duration up = Duration.ofSeconds(seconds);
        int cpus = Runtime.getRuntime().availableProcessors();
        String load = String.join(", ", averages);
        String text = context.say(
                "Load of the host: " + load + " (1, 5, 15 minutes) on " + cpus + (cpus == 1 ? " CPU" : " CPUs")
                        + "; up " + up.toDays() + " d " + up.toHoursPart() + " h " + up.toMinutesPart() + " min.",
                "主机负载：" + load + "（1、5、15 分钟），" + cpus + " 个 CPU；已运行 " + up.toDays() + " 天 " + up.toHoursPart() + " 小时 "
                        + up.toMinutesPart() + " 分钟。");
        return new ToolResult.Ok(
                text,
                Map.of(
                        "averages", averages.stream().map(Double::valueOf).toList(),
                        "cpus", cpus,
                        "uptimeSeconds", seconds));
    }

    private List<String> fields(String file) throws IOException {
        return List.of(Files.readString(root.resolve(file)).strip().split(" "));
    }
}
