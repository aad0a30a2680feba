package ai.chela.system;

import static ai.chela.system.api.Conversation.approvalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.chela.system.api.Conversation;
import ai.chela.system.api.Person;
import ai.chela.system.stack.Needs;
import ai.chela.system.stack.SharedStack;
import ai.chela.system.stack.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Attempts to get out of the sandbox, sent as commands to a whole stack: however tool-runner was built, it starts the
 * same sandbox. The probes of tool-runner itself are many more.
 */
@ExtendWith(SharedStack.class)
class SandboxProbesTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /** Each line is an attempt; one that raises an OSError or is false has failed. */
    private static final String TRY = """
            import ctypes, errno, os, resource, socket
            libc = ctypes.CDLL(None, use_errno=True)
            def reaches(*args):
                ctypes.set_errno(0)
                libc.syscall(*[ctypes.c_long(a) for a in args])
                return ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS)
            def opens(path, flags=os.O_WRONLY):
                os.close(os.open(path, flags))
                return True
            def connects(family, address):
                s = socket.socket(family, socket.SOCK_STREAM)
                s.settimeout(3)
                s.connect(address)
                return True
            held = 0
            for line in '''
            %s'''.strip().splitlines():
                try:
                    out = eval(line)
                except (OSError, ValueError):
                    out = False
                if out: print('ESCAPED', line)
                else: held += 1
            print('held', held)
            """;

    private static final String READING = """
            opens('/etc/hostname', os.O_RDONLY)
            os.listdir('/root') or True
            os.listdir('/home') or True
            os.listdir('/var') or True
            len(open('/proc/cmdline').read()) > 0
            len(open('/proc/kallsyms').read(9)) > 0
            """;

    private static final String FILES = READING + """
            opens('/etc/shadow', os.O_RDONLY)
            opens('/proc/1/root/etc/shadow', os.O_RDONLY)
            os.path.exists('/var/run/docker.sock')
            opens('/usr/chela-probe', os.O_WRONLY | os.O_CREAT)
            opens('/etc/chela-probe', os.O_WRONLY | os.O_CREAT)
            opens('/usr/bin/env')
            opens('/proc/sys/kernel/core_pattern')
            opens('/dev/mem', os.O_RDONLY)
            opens('/dev/kmsg', os.O_RDONLY)
            opens('/dev/fuse', os.O_RDONLY)
            os.mknod('/tmp/disk', 0o060600, os.makedev(8, 0)) is None
            any(b'CHELA_' in open('/proc/%s/environ' % p, 'rb').read() for p in os.listdir('/proc') if p.isdigit())
            any('chela' in line for line in open('/proc/self/mountinfo'))
            len([p for p in os.listdir('/proc') if p.isdigit()]) > 6
            """;

    /** Numbers of x86_64, with arguments that do no harm where the call is reached. */
    private static final String KERNEL = """
            reaches(165, 0, 0, 0, 0, 0)
            reaches(155, 0, 0)
            reaches(161, 0)
            reaches(308, -1, 0)
            reaches(272, 0x10000000)
            reaches(272, 0x40000000)
            reaches(272, 0x20000)
            reaches(428, -1, 0, 0)
            reaches(430, 0, 0)
            reaches(304, -1, 0, 0)
            reaches(321, 0, 0, 0)
            reaches(298, 0, 0, -1, -1, 0)
            reaches(425, 0, 0)
            reaches(323, 0x7fffffff)
            reaches(250, 0x7fff, 0, 0, 0, 0)
            reaches(175, 0, 0, 0)
            reaches(246, 0, 999999, 0, 0xffff)
            reaches(101, 16, 999999999, 0, 0)
            reaches(435, 0, 0)
            os.setresuid(1234, 1234, 1234) is None
            os.setgroups([0, 4, 6]) is None
            any(line.startswith('Cap') and line.split()[1].strip('0') for line in open('/proc/self/status'))
            not any(line.split() == ['NoNewPrivs:', '1'] for line in open('/proc/self/status'))
            not any(line.split() == ['Seccomp:', '2'] for line in open('/proc/self/status'))
            resource.getrlimit(resource.RLIMIT_NPROC)[1] == resource.RLIM_INFINITY
            """;

    private final Person person;
    private final Conversation chat;

    SandboxProbesTest(Stack stack) {
        person = stack.newcomer("en");
        chat = person.conversation();
    }

    @BeforeEach
    void need() {
        Needs.bubblewrap();
        assumeTrue(Files.isExecutable(PYTHON), "NOT RUN: Python");
    }

    @AfterEach
    void hangUp() {
        chat.close();
    }

    @Test
    void no_file_of_the_host_is_reached() {
        holds(FILES);
    }

    @Test
    void outside_of_a_sandbox_the_same_attempts_succeed() throws IOException {
        Process process = new ProcessBuilder(PYTHON.toString(), "-c", TRY.formatted(READING))
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(printed.contains("ESCAPED opens('/etc/hostname'"), printed);
    }

    @Test
    void no_dangerous_part_of_the_kernel_is_reached() {
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "the numbers here are those of x86_64");
        holds(KERNEL);
    }

    @Test
    void nobody_is_reached_over_a_network() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            holds("""
                    connects(socket.AF_INET, ('127.0.0.1', %d))
                    connects(socket.AF_INET, ('169.254.169.254', 80))
                    connects(socket.AF_INET, ('1.1.1.1', 443))
                    connects(socket.AF_INET6, ('2606:4700:4700::1111', 443))
                    socket.gethostbyname('example.com') != ''
                    socket.socket(17, socket.SOCK_RAW, 0) is not None
                    socket.socket(38, socket.SOCK_SEQPACKET, 0) is not None
                    socket.socket(40, socket.SOCK_STREAM, 0) is not None
                    len(open('/proc/net/dev').read().splitlines()) > 3
                    """.formatted(listener.getLocalPort()));
        }
    }

    /** Runs all these attempts as one command, which a person approves; none may succeed. */
    private void holds(String attempts) {
        String script =
                Base64.getEncoder().encodeToString(TRY.formatted(attempts).getBytes(StandardCharsets.UTF_8));
        String code = approvalOf(chat.ask("run echo " + script + " | base64 -d | " + PYTHON + " -"));
        chat.await("the open approval", event -> code.equals(event.approval()) && "open".equals(event.state()));
        String said = chat.say("/approve " + code);
        List<String> escaped =
                said.lines().filter(line -> line.contains("ESCAPED")).toList();
        assertEquals(List.of(), escaped);
        Texts.assertSays(said, "held " + attempts.lines().count(), "exit code 0");
    }
}
