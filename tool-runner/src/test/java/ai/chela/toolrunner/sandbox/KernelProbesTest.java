package ai.chela.toolrunner.sandbox;

import static ai.chela.toolrunner.sandbox.Probe.python;
import static ai.chela.toolrunner.sandbox.Probe.pythonWithControl;
import static ai.chela.toolrunner.sandbox.Probe.shell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No right can be gained, no other process touched, no dangerous part of the kernel reached. Each system call is made
 * with arguments that it refuses, so that outside it ends with another error than inside: there it is not reached.
 */
class KernelProbesTest {
    /** Name, number on x86_64, arguments that do no harm. */
    private static final String CALLS = """
            mount 165 0 0 0 0 0
            umount2 166 0 0
            pivot_root 155 0 0
            chroot 161 0
            setns 308 -1 0
            unshare(NEWUSER) 272 0x10000000
            unshare(NEWNET) 272 0x40000000
            unshare(NEWNS) 272 0x20000
            open_tree 428 -1 0 0
            move_mount 429 -1 0 -1 0 0
            fsopen 430 0 0
            fsconfig 431 -1 0 0 0 0
            fsmount 432 -1 0 0
            fspick 433 -1 0 0
            mount_setattr 442 -1 0 0 0 0
            open_by_handle_at 304 -1 0 0
            name_to_handle_at 303 -1 0 0 0 0
            bpf 321 0 0 0
            perf_event_open 298 0 0 -1 -1 0
            io_uring_setup 425 0 0
            io_uring_enter 426 -1 0 0 0 0 0
            userfaultfd 323 0x7fffffff
            keyctl 250 0x7fff 0 0 0 0
            add_key 248 0 0 0 0 0
            request_key 249 0 0 0 0
            init_module 175 0 0 0
            finit_module 313 -1 0 0
            delete_module 176 0 0
            kexec_load 246 0 999999 0 0xffff
            kexec_file_load 320 -1 -1 0 0 0xffff
            ptrace 101 16 999999999 0 0
            process_vm_readv 310 1 0 0 0 0 99
            process_vm_writev 311 1 0 0 0 0 99
            process_madvise 440 -1 0 0 0 99
            kcmp 312 999999999 999999999 0 0 0
            pidfd_getfd 438 -1 0 0
            personality 135 0xffffffff
            acct 163 1
            swapon 167 0 0
            quotactl 179 0x7fffffff 0 0 0
            fanotify_init 300 0x7fffffff 0
            clock_settime 227 0 0
            settimeofday 164 1 1
            adjtimex 159 0
            sethostname 170 0 -1
            setdomainname 171 0 -1
            syslog 103 99 0 0
            move_pages 279 999999999 0 0 0 0 0
            modify_ldt 154 99 0 0
            iopl 172 99
            ioperm 173 -1 -1 1
            """;

    @BeforeAll
    static void numbersAreOfThisArchitecture() {
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "the numbers here are those of x86_64");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"calls", "clones", "rights", "processes", "odds"})
    void holds(Probe probe) throws InterruptedException {
        probe.holds();
    }

    static Stream<Probe> calls() {
        return CALLS.lines().map(line -> {
            String[] words = line.split(" ");
            String arguments = String.join(", ", Arrays.copyOfRange(words, 1, words.length));
            return python(words[0], "reaches(" + arguments + ")");
        });
    }

    /** Which ones depends on how its kernel was built, so this is no control of each. */
    @Test
    void outside_most_of_these_calls_are_reached() {
        assumeTrue(SandboxProbeControls.possible(), "needs root");
        long reached = calls().filter(
                        probe -> Sandboxes.printedOutside(probe.script()).equals("ESCAPED"))
                .count();
        assertTrue(reached > 30, reached + " reached");
    }

    static Stream<Probe> clones() {
        return Stream.of("0x10000000", "0x20000", "0x40000000", "0x20000000", "0x08000000", "0x04000000", "0x02000000")
                .map(flag ->
                        new Probe("clone " + flag, pythonClone("56, " + flag + "|signal.SIGCHLD, 0, 0, 0, 0"), true));
    }

    static Stream<Probe> rights() {
        return Stream.of(
                pythonWithControl("reach clone3", "reaches(435, 0, 0)"),
                pythonWithControl("become another user", "os.setresuid(1234, 1234, 1234) is None"),
                python("become root", "os.setuid(0) is None"),
                python("become root's group", "os.setgid(0) is None"),
                pythonWithControl("drop or take groups", "os.setgroups([0, 4, 6]) is None"),
                shell("become root by a setuid program", "[ \"$(su -c 'id -u' root </dev/null)\" = 0 ]"),
                shell(
                        "make a program setuid that works",
                        "cp /usr/bin/id i && chmod 4755 i && [ \"$(./i -u)\" != 1000 ]"),
                python("make a user namespace by unshare", "os.system('unshare -Ur true 2>/dev/null') == 0"),
                python("start another sandbox inside", "os.system('bwrap --ro-bind / / true 2>/dev/null') == 0"),
                shell(
                        "have a capability",
                        "grep -E '^Cap(Inh|Prm|Eff|Bnd|Amb)' /proc/self/status | grep -qv '0000000000000000$'"),
                python(
                        "map more users",
                        "opens('/proc/self/uid_map') and os.write(os.open('/proc/self/uid_map', os.O_WRONLY), b'0 0 1') > 0"),
                pythonWithControl("lower its niceness", "os.setpriority(os.PRIO_PROCESS, 0, -5) is None"));
    }

    static Stream<Probe> processes() {
        return Stream.of(
                python("see more than its own processes", "len([p for p in os.listdir('/proc') if p.isdigit()]) > 4"),
                python("signal pid 1 of the host by its number", "os.path.exists('/proc/' + str(os.getpid() + 5000))"),
                python("attach to pid 1", "libc.ptrace(16, 1, 0, 0) == 0"),
                python("enter a namespace of pid 1", "libc.setns(os.open('/proc/1/ns/net', os.O_RDONLY), 0) == 0"),
                python(
                        "lower the oom score below its start",
                        "os.write(os.open('/proc/self/oom_score_adj', os.O_WRONLY), b'-1000') > 0"));
    }

    static Stream<Probe> odds() {
        return Stream.of(
                python("call by the x32 numbers", "call(0x40000000 + 39)[1] == 0"),
                python("call a number of the future", "call(500)[1] not in (errno.ENOSYS,)"),
                python("push input to a terminal", """
                        import pty
                        leader, follower = pty.openpty()
                        """, "fcntl.ioctl(follower, 0x5412, b'x') is not None"),
                python(
                        "use the console's clipboard",
                        """
                        import pty
                        leader, follower = pty.openpty()
                        """,
                        "libc.ioctl(follower, 0x541C, ctypes.create_string_buffer(b'\\x03')) == 0 or ctypes.get_errno() != errno.EPERM"));
    }

    @Test
    void pid_1_cannot_be_killed_from_within() throws InterruptedException {
        assertEquals("alive", Sandboxes.printed("python3 -c 'import os; os.kill(1, 9)'; echo alive"));
    }

    @Test
    void a_signal_to_everybody_stays_inside() throws InterruptedException {
        Outcome outcome = Sandboxes.standard().run("kill -9 -1; echo unreached", java.time.Duration.ofSeconds(20));
        assertEquals(Outcome.Exited.class, outcome.getClass());
        assertEquals("alive", Sandboxes.printed("echo alive"));
    }

    /** A child that a clone makes must end at once. */
    private static String pythonClone(String arguments) {
        return """
                /usr/bin/python3 - <<'PROBE'
                import ctypes, os, signal
                libc = ctypes.CDLL(None, use_errno=True)
                result = libc.syscall(*[ctypes.c_long(a) for a in (%s)])
                if result == 0: os._exit(0)
                if result > 0: os.waitpid(result, 0)
                print('ESCAPED' if result > 0 else 'HELD', flush=True)
                PROBE
                """.formatted(arguments);
    }
}
