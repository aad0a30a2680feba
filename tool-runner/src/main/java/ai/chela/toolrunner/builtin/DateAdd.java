package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The date that is so many days, weeks, months or years after another, or before it. */
public final class DateAdd implements Tool {
    private static final long MOST = 100_000;

    @Override
    public Declaration declaration() {
        return Reading.declared(
                "date.add",
                "1",
                "The date some days, weeks, months or years after a date (before it when the amount is negative)."
                        + " Without a date, from today.",
                Schema.object()
                        .optionalText("date", 10, "as 2026-11-21; today without it")
                        .whole("amount", -MOST, MOST, "how many")
                        .word(
                                "unit",
                                List.of("day", "days", "week", "weeks", "month", "months", "year", "years"),
                                "of what"));
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), context.zone());
        Optional<String> text = args.optionalText("date");
        Optional<LocalDate> from = text.isEmpty() ? Optional.of(today) : Dates.find(text.get());
        if (from.isEmpty()) return Dates.none("date", text.orElseThrow(), context);
        LocalDate date = from.get().plus(args.whole("amount"), unit(args.text("unit")));
        String shown = Dates.shown(date, context.language());
        return new ToolResult.Ok(
                context.say("That is " + shown + ".", "是 " + shown + "。"), Map.of("date", date.toString()));
    }

    private static ChronoUnit unit(String word) {
        return switch (word.charAt(0)) {
            case 'd' -> ChronoUnit.DAYS;
            case 'w' -> ChronoUnit.WEEKS;
            case 'm' -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
    }
}
