package ai.chela.toolrunner.call;

import ai.chela.contracts.tool.ToolCompleted;
import ai.chela.contracts.tool.ToolRequested;
import ai.chela.kit.fault.CrashPoint;
import ai.chela.kit.fault.CrashPoints;
import ai.chela.toolrunner.tool.Language;
import ai.chela.toolrunner.tool.Said;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolBox;
import ai.chela.toolrunner.tool.ToolResult;
import ai.chela.toolrunner.tool.ToolRun;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Turns a call that was taken into its result. Knows neither Kafka nor the database; safe for several threads. */
public final class CallRunner {
    private final ToolBox box;
    private final ToolRun run;
    private final Clock clock;

    public CallRunner(ToolBox box, Clock clock) {
        this.box = box;
        this.run = new ToolRun(box, clock);
        this.clock = clock;
    }

    /** The name of the tool where it is known, else {@code unknown}: for metrics, which must not grow with input. */
    public String known(String tool) {
        return box.named(tool).map(known -> known.declaration().name()).orElse("unknown");
    }

    /** Where calls of the tool run; one that is not known is refused at once. */
    public Lane lane(String tool) {
        return box.named(tool).map(known -> Lane.of(known.declaration())).orElse(Lane.QUICK);
    }

    /** Runs the call on this thread, or says why it is not run. */
    public ToolCompleted run(Call call) throws InterruptedException {
        ToolRequested request = call.request();
        Language language = Language.of(request.language());
        long begin = System.nanoTime();
        boolean repeatable = box.named(request.tool())
                .map(Tool::declaration)
                .map(Tool.Declaration::repeatable)
                .orElse(false);
        return switch (CallStart.of(call, repeatable, clock.instant())) {
            case UNKNOWN -> unknown(request, language);
            case TOO_LATE -> completed(request, ToolRun.tooLate(request.tool(), language), begin);
            case RUN -> completed(request, effect(request, language), begin);
        };
    }

    private ToolResult effect(ToolRequested request, Language language) throws InterruptedException {
        CrashPoints.reach(CrashPoint.TOOL_EFFECT_BEFORE);
        ToolResult result = result(request, language);
        CrashPoints.reach(CrashPoint.TOOL_EFFECT_AFTER);
        return result;
    }

    private ToolResult result(ToolRequested request, Language language) throws InterruptedException {
        Optional<ZoneId> zone = zone(request.zone());
        if (zone.isEmpty())
            return new ToolResult.Refused(
                    "tool.zone",
                    new Said(
                                    "\"" + request.zone() + "\" is no time zone. Set one with /timezone Europe/Berlin.",
                                    "“" + request.zone() + "”不是时区。请用 /timezone Asia/Shanghai 设置。")
                            .in(language));
        return run.run(request.tool(), request.args(), language, zone.get(), request.deadline());
    }

    private static ToolCompleted completed(ToolRequested request, ToolResult result, long begin) {
        long millis = (System.nanoTime() - begin) / 1_000_000;
        String id = request.callId();
        return switch (result) {
            case ToolResult.Ok ok -> new ToolCompleted.Succeeded(id, ok.text(), ok.data(), millis);
            case ToolResult.Failed failed -> new ToolCompleted.Failed(id, failed.code(), failed.text(), millis);
            case ToolResult.Refused refused -> new ToolCompleted.Refused(id, refused.code(), refused.text(), millis);
        };
    }

    private static ToolCompleted unknown(ToolRequested request, Language language) {
        Said text = new Said(
                "Outcome unknown: the tool-runner stopped while " + request.tool()
                        + " ran, so it may or may not have had its effect. It is not run again by itself.",
                "结果未知：" + request.tool() + " 运行期间 tool-runner 停止了，可能已经生效，也可能没有。不会自动重新执行。");
        return new ToolCompleted.Unknown(request.callId(), text.in(language), 0);
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
