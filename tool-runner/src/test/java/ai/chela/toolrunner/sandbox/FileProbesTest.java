package ai.chela.toolrunner.sandbox;

import static ai.chela.toolrunner.sandbox.Probe.python;
import static ai.chela.toolrunner.sandbox.Probe.pythonWithControl;
import static ai.chela.toolrunner.sandbox.Probe.shell;
import static ai.chela.toolrunner.sandbox.Probe.shellWithControl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No file of the host can be read or written, no device used, no secret seen. */
class FileProbesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"reading", "writing", "escaping", "devices", "secrets"})
    void holds(Probe probe) throws InterruptedException {
        probe.holds();
    }

    static Stream<Probe> reading() {
        return Stream.concat(
                Stream.of("/root", "/home", "/opt", "/var", "/sys", "/boot", "/srv", "/mnt", "/media")
                        .map(path -> shellWithControl("list " + path, "ls " + path + " >/dev/null")),
                Stream.of(
                        shellWithControl("read /etc/shadow", "cat /etc/shadow"),
                        shellWithControl("read /etc/hostname", "cat /etc/hostname"),
                        shell("see docker.sock", "[ -e /var/run/docker.sock ] || [ -e /run/docker.sock ]"),
                        shellWithControl("see accounts of the host", "grep -q root /etc/passwd"),
                        shellWithControl(
                                "read the kernel's command line", "[ -s /proc/cmdline ] && grep -q . /proc/cmdline"),
                        shellWithControl("read addresses of the kernel", "[ -n \"$(head -c 9 /proc/kallsyms)\" ]"),
                        shellWithControl("read the kernel's configuration", "[ -n \"$(head -c 2 /proc/config.gz)\" ]")
                                .unlessAbsent("/proc/config.gz"),
                        shellWithControl("read the memory map", "[ -n \"$(head -c 2 /proc/iomem)\" ]"),
                        shell("read memory by kcore", "[ -n \"$(head -c 2 /proc/kcore)\" ]"),
                        shell("read keys", "[ -n \"$(head -c 2 /proc/keys)\" ]"),
                        shell("read timers", "[ -n \"$(head -c 2 /proc/timer_list)\" ]"),
                        shellWithControl("see interrupts", "ls /proc/irq/* >/dev/null"),
                        shellWithControl("see buses", "ls /proc/bus/* >/dev/null"),
                        shellWithControl("see disks", "ls /proc/fs/* >/dev/null")));
    }

    static Stream<Probe> writing() {
        Stream<Probe> folders = Stream.of("/", "/usr", "/usr/bin", "/etc", "/dev", "/proc", "/proc/sys/kernel", "/lib")
                .map(path ->
                        python("make a file in " + path, "opens('" + path + "/chela-probe', os.O_WRONLY|os.O_CREAT)"));
        Stream<Probe> files = Stream.of(
                        "/usr/bin/env",
                        "/proc/sys/kernel/core_pattern",
                        "/proc/sys/kernel/hostname",
                        "/proc/sys/vm/overcommit_memory",
                        "/proc/sys/net/ipv4/ip_forward")
                .map(path -> pythonWithControl("open " + path + " to write", "opens('" + path + "')"));
        Stream<Probe> own = Stream.of("/etc/passwd", "/proc/sysrq-trigger", "/proc/mtrr")
                .map(path -> python("change " + path, """
                        fd = os.open('%s', os.O_WRONLY)
                        kind = os.fstat(fd).st_rdev
                        """.formatted(path), "kind != os.makedev(1, 3)"));
        return Stream.of(folders, files, own).flatMap(each -> each);
    }

    static Stream<Probe> escaping() {
        return Stream.of(
                shell("go out by the root of pid 1", "cat /proc/1/root/etc/shadow"),
                shell("go out by the root of any process", "cat /proc/*/root/etc/shadow"),
                shell("go out by the folder of any process", "cat /proc/*/cwd/../etc/shadow"),
                shellWithControl("go out by a symbolic link", "ln -s /etc/shadow l-$$ && cat l-$$ && rm l-$$")
                        .inTemp(),
                shell("go out by a hard link", "ln /usr/bin/env /workspace/hard"),
                shell("go out by dots", "cat ../../../../../../etc/shadow"),
                python("go out by chroot and dots", "os.chroot('/tmp') is None"),
                python(
                        "leave by a folder opened before",
                        "any(os.path.isdir('/proc/self/fd/'+f) for f in os.listdir('/proc/self/fd'))"));
    }

    static Stream<Probe> devices() {
        Stream<Probe> opened = Stream.of(
                        "/dev/mem",
                        "/dev/kmem",
                        "/dev/port",
                        "/dev/kvm",
                        "/dev/fuse",
                        "/dev/vsock",
                        "/dev/vhost-vsock",
                        "/dev/tty",
                        "/dev/tty0",
                        "/dev/console",
                        "/dev/kmsg",
                        "/dev/vda",
                        "/dev/sda",
                        "/dev/loop0",
                        "/dev/loop-control",
                        "/dev/net/tun",
                        "/dev/userfaultfd",
                        "/dev/nvme0n1")
                .map(path -> python("open " + path, "opens('" + path + "', os.O_RDONLY)"));
        Stream<Probe> made = Stream.of("/tmp", "/workspace", "/dev/shm", "/run")
                .map(path -> python(
                        "make a device in " + path,
                        "os.mknod('" + path + "/disk', 0o060600, os.makedev(8, 0)) is None"));
        return Stream.concat(opened, made);
    }

    static Stream<Probe> secrets() {
        return Stream.of(
                shellWithControl(
                        "see an environment of others",
                        "cat /proc/*/environ | tr '\\0' '\\n' | grep -qE '^(PATH=.*sbin|JAVA_HOME=)'"),
                shell(
                        "see more than its own variables",
                        "cat /proc/1/environ /proc/self/environ | tr '\\0' '\\n' | grep -vE"
                                + " '^(PATH|HOME|LANG|TMPDIR|USER|PWD|SHLVL|OLDPWD|_)=' | grep -q ."),
                shell(
                        "see paths of the host in a command line",
                        "cat /proc/*/cmdline | tr '\\0' '\\n' | grep -qE"
                                + " '^(--args|--ro-bind|/usr/bin/bwrap)$|sandbox-[0-9]+-'"),
                python(
                        "use a descriptor that it was not given",
                        "any(int(f) > 2 and not os.readlink('/proc/self/fd/'+f).startswith('/proc/') for f in"
                                + " os.listdir('/proc/self/fd') if os.path.lexists('/proc/self/fd/'+f))"),
                shell("use a descriptor of pid 1", "ls -l /proc/1/fd | grep -E 'arguments|filter|status|passwd|chela'"),
                shell("see where the runner keeps its files", "grep -E 'chela|/tmp/' /proc/self/mountinfo"),
                shell("see its control group", "grep -q chela /proc/self/cgroup"));
    }

    @Test
    void odd_files_that_a_run_leaves_hang_nobody_and_are_gone() throws InterruptedException {
        Sandboxes.printed("mkfifo /workspace/pipe; ln -s /etc/shadow /workspace/link; ln -s /workspace /workspace/loop;"
                + " : > /workspace/a; ln /workspace/a /workspace/b; mkdir -p /workspace/../x 2>/dev/null;"
                + " printf x > '/workspace/C:\\evil'");
        assertEquals("", Sandboxes.printed("ls -A /workspace"));
    }

    @Test
    void what_a_run_writes_is_nowhere_on_the_host() throws Exception {
        Sandboxes.printed(
                "echo found-on-the-host > /workspace/chela-left; echo x > /tmp/chela-left; cat /workspace/chela-left");
        for (Path folder : List.of(Path.of("/tmp"), Path.of("/workspace"), Path.of("/run"), Path.of("/dev/shm")))
            assertTrue(Files.notExists(folder.resolve("chela-left")), folder.toString());
    }

    @Test
    void the_files_that_start_a_sandbox_are_removed_with_it() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("chela-sandbox-home");
        Sandboxes.standard();
        if (SandboxProbe.find(home, SandboxLimits.standard()) instanceof SandboxProbe.Found.Ready ready)
            ready.sandbox().close();
        try (Stream<Path> left = Files.list(home)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
