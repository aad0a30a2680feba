package ai.chela.launcher.stack;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.ProcessId;
import ai.chela.launcher.supervise.Signals;
import java.io.IOException;
import java.time.Duration;

/** Processes of a supervisor that was killed: found by pid and start time, stopped in order. */
final class LeftOvers {
    private LeftOvers() {}

    /** Ends what the last supervisor left; returns how many there were. */
    static int stop(Surroundings here, StackState state) throws IOException, InterruptedException {
        int found = 0;
        for (String name : Supervisor.stopOrder(state)) {
            ProcessId process = state.processes().get(name);
            if (process == null || !process.alive()) continue;
            found++;
            here.say("  stopping %s (pid %d), left over", "  正在停止遗留的 %s (pid %d)", name, process.pid());
            Signals.end(process, name.equals("postgres") ? Signal.INT : Signal.TERM, Duration.ofSeconds(20));
        }
        return found;
    }
}
