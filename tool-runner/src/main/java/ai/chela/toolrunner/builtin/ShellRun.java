package ai.chela.toolrunner.builtin;

import ai.chela.contracts.tool.ToolDeclared.Effect;
import ai.chela.toolrunner.sandbox.Outcome;
import ai.chela.toolrunner.sandbox.Sandbox;
import ai.chela.toolrunner.sandbox.SandboxLimits;
import ai.chela.toolrunner.sandbox.SandboxProbe;
import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Said;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a command in the sandbox, never anywhere else. */
public final class ShellRun implements Tool {
    private static final int MOST_CHARACTERS = 8_000;
    /** Above every answer, so that nobody takes what it shows for the host. */
    private static final Said HEADING = new Said("sandbox: no host files, no network", "沙箱：看不到主机文件，没有网络");

    private final SandboxProbe.Found found;
    private final SandboxLimits limits;

    private final Consumer<Outcome> watcher;

    /** @param watcher is told of every run, on the thread that waited for it */
    public ShellRun(SandboxProbe.Found found, SandboxLimits limits, Consumer<Outcome> watcher) {
        this.found = found;
        this.limits = limits;
        this.watcher = watcher;
    }

    @Override
    public Declaration declaration() {
        // WRITE and not repeatable although the sandbox forgets all: what a command does is not ours to promise.
        return new Declaration(
                "shell.run",
                "1",
                "Runs a shell command in a sandbox with an empty workspace, without network and without the host's files.",
                Schema.object().text("command", MOST_CHARACTERS, "for /bin/sh").build(),
                Effect.WRITE,
                false,
                // the result holds the output, its heading and its last line
                new Limits(limits.deadline(), limits.outputBytes() + 1024));
    }

    @Override
    public Optional<Unavailable> unavailable() {
        return switch (found) {
            case SandboxProbe.Found.Ready _ -> Optional.empty();
            case SandboxProbe.Found.Missing missing -> Optional.of(new Unavailable("sandbox.missing", missing.why()));
        };
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) throws InterruptedException {
        String command = args.verbatim("command");
        if (command.indexOf('\0') >= 0)
            return Dates.refused(
                    context, new Said("The command holds a NUL character; take it out.", "命令中含有 NUL 字符，请去掉。"));
        return switch (found) {
            case SandboxProbe.Found.Ready ready -> ran(ready.sandbox(), command, context);
            case SandboxProbe.Found.Missing missing ->
                new ToolResult.Refused("sandbox.missing", missing.why().in(context.language()));
        };
    }

    private ToolResult ran(Sandbox sandbox, String command, ToolContext context) throws InterruptedException {
        Duration left = Duration.between(context.clock().instant(), context.deadline());
        Outcome outcome = sandbox.run(command, left);
        watcher.accept(outcome);
        return switch (outcome) {
            case Outcome.Exited exited -> exited(exited, context);
            case Outcome.TimedOut late ->
                new ToolResult.Failed(
                        "tool.timeout",
                        shown(late.output(), context)
                                + context.say(
                                        "stopped at its time limit after " + seconds(late.took()),
                                        "在 " + seconds(late.took()) + "后因超过时限被停止"));
            case Outcome.Flooded flooded ->
                new ToolResult.Failed(
                        "tool.output",
                        shown(flooded.output(), context)
                                + context.say(
                                        "stopped after " + seconds(flooded.took()) + " because it wrote more than "
                                                + Sizes.shown(limits.floodBytes()),
                                        "在 " + seconds(flooded.took()) + "后因输出超过 " + Sizes.shown(limits.floodBytes())
                                                + " 被停止"));
            case Outcome.NotStarted _ ->
                new ToolResult.Refused(
                        "sandbox.broken",
                        context.say(
                                "It was not run: the sandbox could not be set up this time. The tool-runner's log says"
                                        + " why (./chela logs tool-runner).",
                                "没有执行：这次无法建立沙箱。原因见 tool-runner 的日志（./chela logs tool-runner）。"));
        };
    }

    private static ToolResult exited(Outcome.Exited exited, ToolContext context) {
        String took = seconds(exited.took());
        String memory = exited.memoryLimitHit()
                ? context.say("; a process was killed at the memory limit", "；有进程因达到内存上限被终止")
                : "";
        String end = context.say(
                "exit code " + exited.exitCode() + ", " + took + memory,
                "退出码 " + exited.exitCode() + "，用时 " + took + memory);
        return new ToolResult.Ok(
                shown(exited.output(), context) + end,
                Map.of(
                        "exitCode", exited.exitCode(),
                        "output", exited.output().text(),
                        "outputBytes", exited.output().bytes(),
                        "cut", exited.output().cut(),
                        "millis", exited.took().toMillis()));
    }

    private static String shown(Outcome.Output output, ToolContext context) {
        String text = output.text().stripTrailing();
        String fence = fence(text);
        String body = text.isEmpty() ? context.say("(no output)", "（没有输出）") : fence + "\n" + text + "\n" + fence;
        String cut = output.cut()
                ? context.say("(cut: it wrote " + output.bytes() + " bytes)\n", "（已截断：共输出 " + output.bytes() + " 字节）\n")
                : "";
        return HEADING.in(context.language()) + "\n" + body + "\n" + cut;
    }

    /** Longer than any fence in the text, which could otherwise end the block and speak as Chela. */
    private static String fence(String text) {
        int longest = 2;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return "`".repeat(longest + 1);
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.2f s", took.toMillis() / 1000.0);
    }
}
