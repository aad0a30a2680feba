package ai.chela.launcher.demo;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.client.Caller;
import ai.chela.launcher.client.Event;
import ai.chela.launcher.client.Gateway;
import ai.chela.launcher.client.Listener;
import ai.chela.launcher.client.Question;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.ProcessId;
import ai.chela.launcher.supervise.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code demo crash}: a message is accepted, agent-service is killed, and the one answer arrives all the same. */
@Command(name = "crash", description = "Kill agent-service in the middle of a turn; see the one answer arrive")
public final class CrashCommand implements Callable<Integer> {
    private static final String CONVERSATION = "chela-demo";
    private static final String AGENT = "agent-service";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** How long to look for a second answer, longer than any relay or lease takes. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(12);

    private final Surroundings here;
    private final long begun = System.nanoTime();

    @Mixin
    private DataOption data = new DataOption();

    public CrashCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        Gateway gateway = Caller.of(here, folder, null);
        String id = Question.freshId();
        BlockingQueue<Event> finals = new LinkedBlockingQueue<>();
        try (Listener listener = new Listener(gateway, CONVERSATION, -1, event -> {
            if (event.answers(id) && event.type().isFinal()) finals.add(event);
        })) {
            listener.ready();
            ProcessId agent = StackState.read(folder).processes().get(AGENT);
            if (agent == null || !agent.alive())
                throw here.problem(
                        "agent-service does not run; see `./chela status`.", "agent-service 未运行；请查看 `./chela status`。");
            // held still first: a turn takes milliseconds, and the kill is to come before its answer
            Signals.send(agent, Signal.STOP);
            listener.goOnFrom(gateway.post(CONVERSATION, id, "what time is it"));
            tell("accepted: what time is it", "已接受：what time is it");
            Signals.send(agent, Signal.KILL);
            tell("killed agent-service (pid %d) with SIGKILL", "已用 SIGKILL 结束 agent-service (pid %d)", agent.pid());
            return watch(folder, finals, agent);
        }
    }

    private int watch(DataFolder folder, BlockingQueue<Event> finals, ProcessId killed)
            throws IOException, InterruptedException {
        Event answer = finals.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
            tell("no answer within %d s", "%d 秒内没有回答", LIMIT.toSeconds());
            return ExitCode.FAILED;
        }
        ProcessId now = StackState.read(folder).processes().get(AGENT);
        if (now != null && !now.equals(killed))
            tell("agent-service is back (pid %d)", "agent-service 已恢复 (pid %d)", now.pid());
        tell("answered: %s", "已回答：%s", answer.text());
        Event second = finals.poll(AFTERWARDS.toSeconds(), TimeUnit.SECONDS);
        if (second != null) {
            tell("answered a second time: %s", "重复回答：%s", second.text());
            return ExitCode.FAILED;
        }
        tell("no second answer came", "没有出现第二个回答");
        return answer.type() == Event.Type.FAILED ? ExitCode.FAILED : ExitCode.OK;
    }

    private void tell(String english, String chinese, Object... arguments) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        here.out().printf("%6.2f s  %s%n", seconds, here.language().say(english, chinese, arguments));
        here.out().flush();
    }
}
