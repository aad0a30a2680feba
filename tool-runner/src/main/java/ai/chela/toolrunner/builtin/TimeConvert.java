package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Said;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a time in one zone is in another. */
public final class TimeConvert implements Tool {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    @Override
    public Declaration declaration() {
        return Reading.declared(
                "time.convert",
                "1",
                "Converts a time from one time zone to another. Without a time, the present.",
                Schema.object()
                        .optionalText("time", 30, "15:00 for today, or 2026-11-21T15:00")
                        .text("from", 60, "IANA time zone or city of the time")
                        .text("to", 60, "IANA time zone or city to convert to"));
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        Optional<ZoneId> from = Zones.find(args.text("from"));
        if (from.isEmpty()) return Dates.noZone(args.text("from"), context);
        Optional<ZoneId> to = Zones.find(args.text("to"));
        if (to.isEmpty()) return Dates.noZone(args.text("to"), context);
        ZonedDateTime now = context.clock().instant().atZone(from.get());
        Optional<LocalDateTime> time =
                args.optionalText("time").map(text -> find(text, now)).orElse(Optional.of(now.toLocalDateTime()));
        if (time.isEmpty()) return noTime(args.text("time"), context);
        return converted(time.get(), from.get(), to.get(), context);
    }

    private static ToolResult converted(LocalDateTime time, ZoneId from, ZoneId to, ToolContext context) {
        ZonedDateTime here = time.atZone(from);
        if (!here.toLocalDateTime().equals(time))
            return Dates.refused(
                    context,
                    new Said(
                            time + " does not exist in " + from + ": the clocks are put forward over it.",
                            time + " 在 " + from + " 不存在：当时钟表被拨快。"));
        ZonedDateTime there = here.withZoneSameInstant(to);
        return new ToolResult.Ok(
                context.say(
                        shown(here, context) + " is " + shown(there, context) + ".",
                        shown(here, context) + " 是 " + shown(there, context) + "。"),
                Map.of(
                        "from", here.toOffsetDateTime().toString(),
                        "to", there.toOffsetDateTime().toString()));
    }

    private static String shown(ZonedDateTime time, ToolContext context) {
        String date = Dates.shown(time, context.language());
        return context.say(
                SHOWN.format(time) + " on " + date + " (" + time.getZone() + ")",
                date + " " + SHOWN.format(time) + "（" + time.getZone() + "）");
    }

    private static Optional<LocalDateTime> find(String text, ZonedDateTime today) {
        try {
            return Optional.of(
                    text.contains("-")
                            ? LocalDateTime.parse(text.replace(' ', 'T'))
                            : today.toLocalDate().atTime(LocalTime.parse(text, CLOCK)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static ToolResult noTime(String text, ToolContext context) {
        return Dates.refused(
                context,
                new Said(
                        "\"time\" is \"" + text + "\", which is no time. Write it as 15:00 or 2026-11-21T15:00.",
                        "“time”的值“" + text + "”不是时间。请写成 15:00 或 2026-11-21T15:00 的形式。"));
    }
}
