package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** How many days lie between two dates. */
public final class DateBetween implements Tool {

    @Override
    public Declaration declaration() {
        return Reading.declared(
                "date.between",
                "1",
                "The number of days from one date to another; negative when the second is earlier.",
                Schema.object().text("from", 10, "as 2026-11-21").text("to", 10, "as 2026-12-24"));
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        Optional<LocalDate> from = Dates.find(args.text("from"));
        if (from.isEmpty()) return Dates.none("from", args.text("from"), context);
        Optional<LocalDate> to = Dates.find(args.text("to"));
        if (to.isEmpty()) return Dates.none("to", args.text("to"), context);
        long days = ChronoUnit.DAYS.between(from.get(), to.get());
        String a = Dates.shown(from.get(), context.language());
        String b = Dates.shown(to.get(), context.language());
        String count = days == 1 || days == -1 ? days + " day" : days + " days";
        return new ToolResult.Ok(
                context.say("From " + a + " to " + b + ": " + count + ".", "从 " + a + " 到 " + b + "：" + days + " 天。"),
                Map.of("days", days));
    }
}
