package ai.chela.launcher.supervise;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessIdTest {
    @Test
    void this_process_is_alive() {
        assertTrue(ProcessId.self().alive());
    }

    @Test
    void another_process_with_the_same_pid_is_not_the_same() {
        ProcessId self = ProcessId.self();
        assertFalse(new ProcessId(self.pid(), self.startTicks() - 1, self.boot()).alive());
        assertFalse(new ProcessId(self.pid(), self.startTicks(), "an earlier boot").alive());
    }
}
