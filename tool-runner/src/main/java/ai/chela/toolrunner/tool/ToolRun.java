package ai.chela.toolrunner.tool;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Runs one call: checks it, holds it to its deadline, cuts a result that is too long. */
public final class ToolRun {
    private static final Logger LOG = Logger.getLogger(ToolRun.class);
    /** What a tool that watches its deadline itself gets on top of it before it is interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ToolBox box;
    private final Clock clock;

    public ToolRun(ToolBox box, Clock clock) {
        this.box = box;
        this.clock = clock;
    }

    /**
     * Runs a call and waits for its end.
     *
     * @param deadline after this it is not started; it also cuts the tool's own limit
     * @return its result; a call that cannot run is a {@link ToolResult.Refused}, never an exception
     */
    public ToolResult run(String name, Map<String, Object> args, Language language, ZoneId zone, Instant deadline)
            throws InterruptedException {
        Instant now = clock.instant();
        if (!now.isBefore(deadline)) return tooLate(name, language);
        Optional<ToolResult.Refused> refusal = box.refusal(name, args, language);
        if (refusal.isPresent()) return refusal.get();
        Tool tool = box.named(name).orElseThrow();
        Instant own = now.plus(tool.declaration().limits().deadline());
        Instant until = own.isBefore(deadline) ? own : deadline;
        ToolContext context = new ToolContext(language, zone, clock, until);
        return cut(held(tool, new Arguments(args), context, Duration.between(now, until)), tool, language);
    }

    /** The answer to a call whose deadline passed before it could start. */
    public static ToolResult.Refused tooLate(String name, Language language) {
        return new ToolResult.Refused(
                "tool.too-late",
                new Said(
                                "It was not run: the time for " + name + " was over before it could start. Ask again.",
                                "没有执行：" + name + " 在开始之前就已超过时限。请重新提出。")
                        .in(language));
    }

    private ToolResult held(Tool tool, Arguments args, ToolContext context, Duration limit)
            throws InterruptedException {
        FutureTask<ToolResult> task = new FutureTask<>(() -> tool.run(args, context));
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("tool-" + tool.declaration().name())
                .start(task);
        try {
            return task.get(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            task.cancel(true);
            return new ToolResult.Failed(
                    "tool.timeout",
                    context.say(
                            "Stopped after " + limit.toSeconds() + " s, its limit.",
                            "已在 " + limit.toSeconds() + " 秒的时限后停止。"));
        } catch (ExecutionException defect) {
            LOG.errorf(
                    defect.getCause(), "tool.defect tool=%s", tool.declaration().name());
            return new ToolResult.Failed(
                    "tool.defect",
                    context.say(
                            tool.declaration().name() + " failed by a defect of its own; its log says more.",
                            tool.declaration().name() + " 因自身缺陷而失败，详情见其日志。"));
        } catch (InterruptedException stopped) {
            task.cancel(true);
            thread.join(GRACE);
            throw stopped;
        }
    }

    private static ToolResult cut(ToolResult result, Tool tool, Language language) {
        int limit = tool.declaration().limits().outputBytes();
        if (result.text().getBytes(StandardCharsets.UTF_8).length <= limit) return result;
        String note = new Said(
                        "\n(cut: the result was longer than " + limit + " bytes)", "\n（已截断：结果超过 " + limit + " 字节）")
                .in(language);
        String text = Utf8.cut(result.text(), limit) + note;
        return switch (result) {
            case ToolResult.Ok ok -> new ToolResult.Ok(text, ok.data());
            case ToolResult.Failed failed -> new ToolResult.Failed(failed.code(), text);
            case ToolResult.Refused refused -> new ToolResult.Refused(refused.code(), text);
        };
    }
}
