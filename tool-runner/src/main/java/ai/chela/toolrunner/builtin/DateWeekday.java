package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** On which day of the week a date is. */
public final class DateWeekday implements Tool {

    @Override
    public Declaration declaration() {
        return Reading.declared(
                "date.weekday",
                "1",
                "The day of the week of a date.",
                Schema.object().text("date", 10, "as 2026-11-21"));
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        Optional<LocalDate> date = Dates.find(args.text("date"));
        if (date.isEmpty()) return Dates.none("date", args.text("date"), context);
        String day = context.language().name(date.get().getDayOfWeek());
        return new ToolResult.Ok(
                context.say(date.get() + " is a " + day + ".", date.get() + " 是" + day + "。"),
                Map.of("weekday", date.get().getDayOfWeek().name()));
    }
}
