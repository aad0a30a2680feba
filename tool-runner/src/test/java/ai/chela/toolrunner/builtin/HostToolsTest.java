package ai.chela.toolrunner.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.toolrunner.tool.Language;
import ai.chela.toolrunner.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostToolsTest {
    @TempDir
    Path root = Path.of("/nowhere");

    @Test
    void memory_is_read_from_the_kernel() throws IOException {
        file("proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 2097152 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
        assertEquals(
                "Memory of the host: 2.0 GiB available of 8.0 GiB (75% used).",
                Calls.en(new HostMemory(root), Map.of()));
        assertEquals("主机内存：可用 2.0 GiB，共 8.0 GiB（已用 75%）。", Calls.zh(new HostMemory(root), Map.of()));
    }

    @Test
    void the_limit_of_a_container_is_told() throws IOException {
        file("proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 2097152 kB\nSwapTotal: 1024 kB\nSwapFree: 512 kB\n");
        file("sys/fs/cgroup/memory.max", "1073741824\n");
        assertEquals(
                "Memory of the host: 2.0 GiB available of 8.0 GiB (75% used). Swap: 512.0 KiB used of 1.0 MiB."
                        + " This container may use 1.0 GiB.",
                Calls.en(new HostMemory(root), Map.of()));
    }

    @Test
    void load_is_read_from_the_kernel() throws IOException {
        file("proc/loadavg", "0.52 0.58 0.59 1/467 12345\n");
        file("proc/uptime", "93784.12 1.00\n");
        String text = Calls.en(new HostLoad(root), Map.of());
        assertTrue(text.startsWith("Load of the host: 0.52, 0.58, 0.59 (1, 5, 15 minutes) on "), text);
        assertTrue(text.endsWith("up 1 d 2 h 3 min."), text);
    }

    @Test
    void disks_are_those_with_room_of_their_own_and_each_once() throws IOException {
        Path mounts = file("mounts", "/dev/x / ext4 rw 0 0\n/dev/x /usr ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n");
        ToolResult.Ok ok = assertInstanceOf(ToolResult.Ok.class, Calls.in(Language.EN, new HostDisk(mounts), Map.of()));
        assertEquals(1, assertInstanceOf(List.class, ok.data().get("disks")).size());
        assertTrue(ok.text().matches("(?s)Disk of the host:\n/: .* free of .* \\(\\d+% used\\)"), ok.text());
    }

    @Test
    void this_machine_can_be_read() {
        assertTrue(Calls.en(new HostDisk(Path.of("/proc/mounts")), Map.of()).startsWith("Disk of the host:\n/"));
        assertTrue(Calls.en(new HostMemory(Path.of("/")), Map.of()).contains("available"));
        assertTrue(Calls.zh(new HostLoad(Path.of("/")), Map.of()).startsWith("主机负载："));
    }

    @Test
    void a_host_that_cannot_be_read_is_a_failure_with_a_code() {
        ToolResult result = Calls.in(Language.EN, new HostMemory(root), Map.of());
        assertEquals(
                "host.unreadable",
                assertInstanceOf(ToolResult.Failed.class, result).code());
    }

    private Path file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, text);
    }
}
