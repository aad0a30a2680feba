package ai.chela.launcher.stack;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.config.ModelsFile;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.supervise.ProcessId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What runs, where, at what cost, and what to type next: one screen. */
final class Screen {
    private final Surroundings here;
    private final DataFolder data;
    private final StackState state;
    private final String suffix;

    Screen(Surroundings here, DataFolder data, StackState state, String suffix) {
        this.here = here;
        this.data = data;
        this.state = state;
        this.suffix = suffix;
    }

    /** The table of processes with their sum, without a headline. */
    List<String> processes() {
        List<String> lines = new ArrayList<>();
        long sum = 0;
        for (String name : Supervisor.stopOrder(state)) {
            ProcessId process = state.processes().get(name);
            if (process == null || !process.alive()) {
                lines.add("  %-20s %s".formatted(name, here.language().say("does not run", "未运行")));
                continue;
            }
            long bytes = process.residentBytes();
            sum += bytes;
            lines.add("  %-20s 127.0.0.1:%-6d pid %-8d %5d MB%s"
                    .formatted(
                            name,
                            state.port(listener(name)).orElse(0),
                            process.pid(),
                            bytes >> 20,
                            how(name, process)));
        }
        long own = state.runningSupervisor().map(ProcessId::residentBytes).orElse(0L);
        sum += own;
        if (own > 0)
            lines.add("  %-20s %-16s pid %-8d %5d MB"
                    .formatted(
                            here.language().say("this launcher", "启动器"),
                            "",
                            state.runningSupervisor().orElseThrow().pid(),
                            own >> 20));
        lines.add(here.language()
                .say("  %-50s %5d MB", "  %-50s %5d MB", here.language().say("together", "合计"), sum >> 20));
        return lines;
    }

    /** How a service runs; nothing of Kafka and PostgreSQL, which always run in the same way. */
    private String how(String name, ProcessId process) {
        boolean service =
                Member.all(state.instances()).stream().anyMatch(it -> it.name().equals(name));
        if (!service) return "";
        return Natives.isNative(process) ? "  " + here.language().say("native", "原生") : "  JVM";
    }

    /** Kafka's and PostgreSQL's listeners are called as their processes are. */
    private String listener(String process) {
        return Member.all(state.instances()).stream()
                .filter(it -> it.name().equals(process))
                .map(Member::listener)
                .findFirst()
                .orElse(process);
    }

    /** The whole screen at the end of a start. */
    void show() {
        here.out().println();
        here.say("Chela is up: %s", "Chela 已启动：%s", state.address());
        for (String line : processes()) here.out().println(line);
        Map<String, Long> took = state.startMillis();
        Long first = state.firstAnswerMillis();
        if (first != null)
            here.say(
                    "A first question went through all of it in %d ms; the start took %.1f s.",
                    "首个问题经过全部服务，用时 %d 毫秒；启动用时 %.1f 秒。", first, took.getOrDefault("up", 0L) / 1000.0);
        here.out().println(model());
        here.say("Data, configuration and keys: %s", "数据、配置与密钥：%s", data.path());
        here.out().println();
        here.say("Next:", "接下来：");
        next("chat", "talk to it here", "在这里与它对话");
        next("send \"remind me in 20 seconds to stretch\"", "one message, one answer", "发一条消息，得到一个回答");
        next("status", "how it is", "查看状态");
        here.say(
                "  In a company chat over XMPP: fill in %s",
                "  通过 XMPP 在公司聊天中使用：填写 %s", data.config().resolve("channels.yaml"));
        here.out().flush();
    }

    private void next(String command, String english, String chinese) {
        String whole = "./chela " + command + suffix;
        here.out().println("  %-56s %s".formatted(whole, here.language().say(english, chinese)));
    }

    /** One line: which model, and where it was configured. */
    String model() {
        try {
            return ModelsFile.inForce(data)
                    .map(name -> here.language()
                            .say(
                                    "Model: %s, configured in %s",
                                    "模型：%s，配置于 %s", name, data.config().resolve("models.yaml")))
                    .orElseGet(this::noModel);
        } catch (IOException e) {
            return here.language().say("Model: unknown. %s", "模型：未知。%s", Problem.reason(e));
        }
    }

    private String noModel() {
        return here.language()
                .say(
                        "Model: none. Remembering, reminders, watches and tools work without; `./chela doctor` says how to add one.",
                        "模型：无。记忆、提醒、监测与工具无需模型；`./chela doctor` 会说明如何添加。");
    }
}
