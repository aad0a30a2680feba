package ai.chela.agent.command;

import ai.chela.agent.planner.Operation;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that begins with a slash. */
public sealed interface Command {
    /** Commands that never queue behind other messages. */
    sealed interface Control extends Command {}

    /** {@code code} is null when it was left out. */
    record Decide(boolean approve, @Nullable String code) implements Control {}

    record Stop() implements Control {}

    record Status() implements Control {}

    record ShowPlan() implements Control {}

    record Help() implements Control {}

    record Why() implements Control {}

    /** Begin afresh: what was said before is no longer looked at. */
    record Fresh() implements Command {}

    /** An operation, done in its turn. */
    record Do(Operation operation) implements Command {}

    /** A value that is not allowed. */
    record Wrong(String command, String value, String allowed) implements Control {}

    record Unknown(String command) implements Control {}

    /**
     * Reads a message; null when it is none. {@code //} begins an ordinary message that starts with a slash. Each command
     * has a Chinese name, too, and the slash of a Chinese keyboard is one.
     */
    static @Nullable Command parse(String text) {
        String line = text.strip();
        if (line.startsWith("／")) line = "/" + line.substring(1);
        if (!line.startsWith("/") || line.startsWith("//")) return null;
        String[] words = line.split("\\s+", 4);
        String name = words[0].toLowerCase(Locale.ROOT);
        String first = words.length > 1 ? words[1] : null;
        String second = words.length > 2 ? words[2] : null;
        return switch (name) {
            case "/approve", "/批准", "/同意" -> new Decide(true, lower(first));
            case "/deny", "/拒绝" -> new Decide(false, lower(first));
            case "/stop", "/停止" -> new Stop();
            case "/status", "/状态" -> new Status();
            case "/plan", "/计划" -> new ShowPlan();
            case "/help", "/帮助" -> new Help();
            case "/why", "/为什么" -> new Why();
            case "/new", "/新对话" -> new Fresh();
            case "/memory", "/记忆" -> MemoryCommand.parse(first, rest(line));
            case "/schedule", "/日程" -> schedule(first, second);
            case "/language", "/语言" -> language(first);
            case "/timezone", "/时区" -> timezone(first);
            default -> name.substring(1).contains("/") ? null : new Unknown(words[0]);
        };
    }

    /** What stands behind the second word, exactly as written. */
    private static String rest(String line) {
        String[] words = line.split("\\s+", 3);
        return words.length > 2 ? words[2] : "";
    }

    private static @Nullable String lower(@Nullable String word) {
        return word == null ? null : word.toLowerCase(Locale.ROOT);
    }

    private static boolean isList(String verb) {
        return List.of("list", "列出", "列表").contains(verb);
    }

    private static Command schedule(@Nullable String verb, @Nullable String handle) {
        if (verb == null || isList(verb)) return new Do(new Operation("schedule.list", Map.of()));
        String operation = switch (verb) {
            case "pause", "暂停" -> "schedule.pause";
            case "resume", "恢复" -> "schedule.resume";
            case "cancel", "取消" -> "schedule.cancel";
            case "run", "执行" -> "schedule.run-now";
            default -> null;
        };
        if (operation == null || handle == null)
            return new Wrong(
                    "/schedule",
                    verb + (handle == null ? "" : " " + handle),
                    "list, pause t-1, resume t-1, cancel t-1, run t-1");
        return new Do(new Operation(operation, Map.of("handle", handle.toLowerCase(Locale.ROOT))));
    }

    private static Command language(@Nullable String language) {
        String code = switch (language == null ? "" : language.toLowerCase(Locale.ROOT)) {
            case "en", "english", "英文", "英语" -> "en";
            case "zh", "chinese", "zh-cn", "中文", "汉语" -> "zh";
            default -> null;
        };
        if (code == null) return new Wrong("/language", language == null ? "" : language, "en, zh");
        return new Do(new Operation("settings.language", Map.of("language", code)));
    }

    private static Command timezone(@Nullable String zone) {
        try {
            if (zone != null)
                return new Do(new Operation(
                        "settings.timezone", Map.of("zone", ZoneId.of(zone).getId())));
        } catch (DateTimeException _) {
            // said below
        }
        return new Wrong(
                "/timezone", zone == null ? "" : zone, "an IANA time zone such as Europe/Berlin or Asia/Shanghai");
    }

    /** The language to answer a command in: Chinese where it is written so, since its arguments say nothing. */
    public static String language(String text, String preferred) {
        return text.codePoints().anyMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN)
                ? "zh"
                : preferred;
    }
}
