package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Arguments;
import ai.chela.toolrunner.tool.Schema;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What time it is. */
public final class TimeNow implements Tool {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    @Override
    public Declaration declaration() {
        return Reading.declared(
                "time.now",
                "1",
                "The present time and date, in the person's time zone or in another.",
                Schema.object().optionalText("zone", 60, "IANA time zone or city; the person's own without it"));
    }

    @Override
    public ToolResult run(Arguments args, ToolContext context) {
        Optional<String> asked = args.optionalText("zone");
        Optional<ZoneId> zone = asked.isEmpty() ? Optional.of(context.zone()) : Zones.find(asked.get());
        if (zone.isEmpty()) return Dates.noZone(asked.orElseThrow(), context);
        ZonedDateTime now = context.clock().instant().atZone(zone.get());
        String clock = CLOCK.format(now);
        String date = Dates.shown(now, context.language());
        return new ToolResult.Ok(
                context.say(
                        "It is " + clock + " on " + date + " (" + zone.get() + ").",
                        "现在是 " + date + " " + clock + "（" + zone.get() + "）。"),
                Map.of(
                        "time",
                                now.truncatedTo(ChronoUnit.SECONDS)
                                        .toOffsetDateTime()
                                        .toString(),
                        "zone", zone.get().toString()));
    }
}
