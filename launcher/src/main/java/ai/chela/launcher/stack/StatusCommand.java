package ai.chela.launcher.stack;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.client.Caller;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.data.Json;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.supervise.ProcessId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: what runs and whether it can work; exit code 3 when it cannot. */
@Command(name = "status", description = "What runs, where, and whether it can work")
public final class StatusCommand implements Callable<Integer> {
    private final Surroundings here;
    private final Health health = new Health();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "As JSON")
    private boolean json;

    public StatusCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        StackState state = StackState.read(folder);
        ObjectNode found = look(folder, state);
        boolean ready = found.path("ready").asBoolean();
        if (json) {
            here.out().println(Json.MAPPER.writeValueAsString(found));
            return ready ? ExitCode.OK : ExitCode.FAILED;
        }
        Optional<ProcessId> supervisor = state.runningSupervisor();
        if (supervisor.isEmpty()) {
            here.say(
                    "Nothing runs on %s. Start it with `./chela up%s`.",
                    "%s 上没有运行中的环境。请用 `./chela up%s` 启动。", folder.path(), data.suffix());
            return ExitCode.FAILED;
        }
        here.say(
                "%s: %s, on %s",
                "%s：%s，数据目录 %s",
                state.address(),
                ready ? here.language().say("ready", "就绪") : here.language().say("not ready", "未就绪"),
                folder.path());
        Screen screen = new Screen(here, folder, state, data.suffix());
        for (String line : screen.processes()) here.out().println(line);
        for (Member member : Member.all(state.instances()))
            if (!found.path("processes").path(member.name()).path("ready").asBoolean())
                here.say(
                        "  %s is not ready; see `./chela logs %s%s`",
                        "  %s 未就绪；请查看 `./chela logs %s%s`", member.name(), member.name(), data.suffix());
        here.out().println(screen.model());
        showTroubles(folder, found);
        return ready ? ExitCode.OK : ExitCode.FAILED;
    }

    private void showTroubles(DataFolder folder, ObjectNode found) {
        for (JsonNode problem : found.path("configurationProblems"))
            here.say(
                    "Refused in %s: %s. What was there before stays in force.",
                    "%s 中的内容被拒绝：%s。此前的内容继续有效。",
                    folder.config(),
                    problem.asText().replaceAll("[.]+$", ""));
        long letters = found.path("gateway").path("deadLetters").asLong();
        if (letters > 0)
            here.say(
                    "Dead letters: %d messages could not be handled; GET /api/v1/dead-letters lists them with their causes.",
                    "死信：%d 条消息无法处理；GET /api/v1/dead-letters 列出它们及原因。", letters);
        if (found.has("gatewayProblem"))
            here.out().println(found.path("gatewayProblem").asText());
    }

    private ObjectNode look(DataFolder folder, StackState state) throws IOException, InterruptedException {
        ObjectNode found = Json.MAPPER.createObjectNode();
        found.put("data", folder.path().toString());
        found.put("address", state.address());
        found.put("phase", state.phase().name().toLowerCase(Locale.ROOT));
        boolean all = state.runningSupervisor().isPresent();
        state.runningSupervisor().ifPresent(it -> found.put("supervisorPid", it.pid()));
        ObjectNode processes = found.putObject("processes");
        for (String name : Supervisor.stopOrder(state)) {
            ObjectNode one = processes.putObject(name);
            ProcessId process = state.processes().get(name);
            boolean alive = process != null && process.alive();
            one.put("running", alive);
            if (alive && process != null) one.put("pid", process.pid()).put("residentBytes", process.residentBytes());
            all &= alive;
        }
        for (Member member : Member.all(state.instances())) {
            Optional<Integer> port = state.port(member.managementPort());
            boolean ready = port.isPresent() && health.isReady(port.get());
            ObjectNode one = (ObjectNode) processes.get(member.name());
            one.put("ready", ready).put("managementPort", port.orElse(0));
            ProcessId process = state.processes().get(member.name());
            if (process != null && process.alive()) one.put("runtime", Natives.isNative(process) ? "native" : "jvm");
            all &= ready;
        }
        found.put("ready", all);
        if (state.firstAnswerMillis() != null) found.put("firstAnswerMillis", state.firstAnswerMillis());
        if (processes.path(new Member(Service.GATEWAY, 1).name()).path("ready").asBoolean())
            gatewayStatus(folder, found);
        ArrayNode problems = found.putArray("configurationProblems");
        found.path("gateway").path("problems").forEach(problems::add);
        // the one other service that reads files, and nobody can ask it
        Refusals.in(folder.log(new Member(Service.AGENT, 1).name())).forEach(problems::add);
        return found;
    }

    private void gatewayStatus(DataFolder folder, ObjectNode found) throws InterruptedException {
        try {
            found.set("gateway", Caller.of(here, folder, null).status());
        } catch (Problem e) {
            found.put("gatewayProblem", e.getMessage());
        }
    }
}
