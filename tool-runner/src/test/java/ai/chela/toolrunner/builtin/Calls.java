package ai.chela.toolrunner.builtin;

import ai.chela.toolrunner.tool.Language;
import ai.chela.toolrunner.tool.Tool;
import ai.chela.toolrunner.tool.ToolBox;
import ai.chela.toolrunner.tool.ToolResult;
import ai.chela.toolrunner.tool.ToolRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Calls tools as the service does, on Saturday, 21 November 2026, 14:04 UTC, for a person in Berlin. */
final class Calls {
    static final Instant NOW = Instant.parse("2026-11-21T14:04:30Z");

    private Calls() {}

    static ToolResult in(Language language, Tool tool, Map<String, Object> args) {
        try {
            return new ToolRun(new ToolBox(List.of(tool)), Clock.fixed(NOW, ZoneOffset.UTC))
                    .run(
                            tool.declaration().name(),
                            args,
                            language,
                            ZoneId.of("Europe/Berlin"),
                            NOW.plus(Duration.ofSeconds(30)));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    static String en(Tool tool, Map<String, Object> args) {
        return in(Language.EN, tool, args).text();
    }

    static String zh(Tool tool, Map<String, Object> args) {
        return in(Language.ZH, tool, args).text();
    }
}
