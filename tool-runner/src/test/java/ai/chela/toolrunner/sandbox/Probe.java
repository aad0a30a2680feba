package ai.chela.toolrunner.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An attempt to get out. Its script prints {@code HELD} or {@code ESCAPED}, the latter with what it got. Nothing is
 * ever written to a file of the host: such files are only opened for writing.
 *
 * @param control whether the same script, run by the tests' user without a sandbox, gets out; such a probe is run there
 *     too, to show that it can
 */
record Probe(String name, String script, boolean control) {

    /** A shell condition that is true when the attempt succeeds. */
    static Probe shell(String name, String condition) {
        return new Probe(name, verdict(condition), false);
    }

    /** The same, which succeeds outside. */
    static Probe shellWithControl(String name, String condition) {
        return new Probe(name, verdict(condition), true);
    }

    /** A Python expression that is true when the attempt succeeds; an OSError or ValueError means that it does not. */
    static Probe python(String name, String expression) {
        return new Probe(name, pythonVerdict("", expression), false);
    }

    /** The same, which succeeds outside. */
    static Probe pythonWithControl(String name, String expression) {
        return new Probe(name, pythonVerdict("", expression), true);
    }

    /** With statements before the expression, separated by line ends. */
    static Probe python(String name, String before, String expression) {
        return new Probe(name, pythonVerdict(before, expression), false);
    }

    /** Requires that the attempt fails inside, and where it is a control that it succeeds outside. */
    void holds() throws InterruptedException {
        assertEquals("HELD", Sandboxes.printed(script), name);
        if (control && SandboxProbeControls.possible())
            assertEquals("ESCAPED", Sandboxes.printedOutside(script), name + ": the control, outside");
    }

    /** Without the control on a machine that lacks the file. */
    Probe unlessAbsent(String file) {
        return new Probe(name, script, control && Files.exists(Path.of(file)));
    }

    /** In a folder where the control may write. */
    Probe inTemp() {
        return new Probe(name, "cd /tmp; " + script, control);
    }

    @Override
    public String toString() {
        return name;
    }

    private static String verdict(String condition) {
        return "if { " + condition + "; } >/dev/null 2>&1; then echo ESCAPED; else echo HELD; fi";
    }

    private static String pythonVerdict(String before, String expression) {
        return """
                /usr/bin/python3 - <<'PROBE'
                import ctypes, os, socket, struct, fcntl, resource, signal, glob, errno
                libc = ctypes.CDLL(None, use_errno=True)
                def call(*args):
                    ctypes.set_errno(0)
                    result = libc.syscall(*[ctypes.c_long(a) for a in args])
                    return result, ctypes.get_errno()
                def reaches(*args):
                    return call(*args)[1] not in (errno.EPERM, errno.ENOSYS)
                def opens(path, flags=os.O_WRONLY):
                    os.close(os.open(path, flags))
                    return True
                def connects(family, address, kind=socket.SOCK_STREAM):
                    s = socket.socket(family, kind)
                    s.settimeout(3)
                    s.connect(address)
                    return True
                def attempt():
                %s
                    return %s
                try:
                    print('ESCAPED' if attempt() else 'HELD', flush=True)
                except (OSError, ValueError):
                    print('HELD', flush=True)
                PROBE
                """.formatted(before.isEmpty() ? "    pass" : before.indent(4).stripTrailing(), expression);
    }
}
