package ai.chela.system.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a command line left behind. */
public record Finished(String command, int exit, String out, String err) {
    /** Its standard output, when it ended with 0. */
    public String ok() {
        return exited(0);
    }

    /** Its standard output, when it ended with this code. */
    public String exited(int code) {
        assertEquals(code, exit, () -> "exit code of " + command + "\nout: " + out + "\nerr: " + err);
        return out;
    }
}
