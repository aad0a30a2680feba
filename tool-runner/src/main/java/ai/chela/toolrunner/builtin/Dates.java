package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Language;
import ai.chela.toolrunner.tool.Said;
import ai.chela.toolrunner.tool.ToolContext;
import ai.chela.toolrunner.tool.ToolResult;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Reads and writes dates. Reading is strict: 31 February is no date. */
final class Dates {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter EN = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter ZH = DateTimeFormatter.ofPattern("uuuu年M月d日 ", Locale.ROOT);

    private Dates() {}

    /** As {@code 2026-11-21}; empty for what is no date. */
    static Optional<LocalDate> find(String text) {
        try {
            return Optional.of(LocalDate.parse(text, ISO));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** With its day of the week. */
    static String shown(TemporalAccessor date, Language language) {
        return switch (language) {
            case EN -> EN.format(date);
            case ZH -> ZH.format(date) + language.name(DayOfWeek.from(date));
        };
    }

    /** The answer to a text that is no date. */
    static ToolResult.Refused none(String argument, String text, ToolContext context) {
        return refused(
                context,
                new Said(
                        "\"" + argument + "\" is \"" + text + "\", which is no date. Write it as 2026-11-21.",
                        "“" + argument + "”的值“" + text + "”不是日期。请写成 2026-11-21 的形式。"));
    }

    /** The answer to a text that is no time zone. */
    static ToolResult.Refused noZone(String text, ToolContext context) {
        return refused(
                context,
                new Said(
                        "I do not know the time zone \"" + text
                                + "\". Write it as Europe/Berlin, Tokyo, UTC or +02:00.",
                        "不认识时区“" + text + "”。请写成 Asia/Shanghai、东京、UTC 或 +08:00 的形式。"));
    }

    static ToolResult.Refused refused(ToolContext context, Said why) {
        return new ToolResult.Refused("tool.arguments", why.in(context.language()));
    }
}
