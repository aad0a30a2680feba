package ai.chela.agent.command;

import ai.chela.agent.operation.Moments;
import ai.chela.agent.planner.Operation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind {@code /memory}. Verbs have Chinese names, and times are read as everywhere else. */
final class MemoryCommand {
    private static final String ALLOWED =
            "list [PAGE], search WORDS, why m-1, before m-1, correct m-1 NEW TEXT, pin m-1,"
                    + " unpin m-1, expire m-1 in 30 days|never, tag m-1 WORD, untag m-1 WORD, tagged WORD, settle m-1,"
                    + " forget m-1|all, export, preferences, habits, learning [on|off], review";

    private MemoryCommand() {}

    /**
     * @param verb null when nothing stands behind the command
     * @param rest what follows the verb, exactly as written, empty for nothing
     */
    static Command parse(@Nullable String verb, String rest) {
        if (verb == null) return done("memory.list", Map.of());
        String[] words = rest.strip().split("\\s+", 2);
        String first = words[0].toLowerCase(Locale.ROOT);
        String more = words.length > 1 ? words[1].strip() : "";
        Operation operation = switch (verb.toLowerCase(Locale.ROOT)) {
            case "list", "列出", "列表" -> list(first);
            case "search", "find", "搜索", "查找" -> text("memory.search", "query", rest.strip());
            case "tagged", "标签" -> text("memory.list", "tag", rest.strip());
            case "why", "explain", "为什么", "来历" -> of("memory.explain", first);
            case "before", "之前", "原来" -> of("memory.look-back", first);
            case "correct", "更正", "改正" -> with(of("memory.correct", first), "value", more);
            case "pin", "置顶" -> of("memory.pin", first);
            case "unpin", "取消置顶" -> of("memory.unpin", first);
            case "expire", "过期" -> expire(first, more);
            case "tag", "加标签" -> with(of("memory.tag", first), "tag", more);
            case "untag", "去标签" -> with(of("memory.untag", first), "tag", more);
            case "settle", "为准" -> of("memory.settle", first);
            case "forget", "忘掉", "忘记", "删除" -> forget(first, more);
            case "export", "导出" -> export(first);
            case "preferences", "偏好" -> new Operation("memory.preferences", Map.of());
            case "habits", "习惯" -> new Operation("memory.habits", Map.of());
            case "learning", "学习" -> learning(first);
            case "review", "复查" -> new Operation("memory.review", Map.of());
            default -> null;
        };
        if (operation == null) return new Command.Wrong("/memory", (verb + " " + rest).strip(), ALLOWED);
        return new Command.Do(operation);
    }

    private static Command done(String name, Map<String, Object> args) {
        return new Command.Do(new Operation(name, args));
    }

    private static boolean isHandle(String word) {
        return word.matches("m-[1-9]\\d{0,17}");
    }

    private static @Nullable Operation of(String name, String handle) {
        return isHandle(handle) ? new Operation(name, Map.of("handle", handle)) : null;
    }

    private static @Nullable Operation text(String name, String arg, String text) {
        return text.isEmpty() ? null : new Operation(name, Map.of(arg, text));
    }

    private static @Nullable Operation with(@Nullable Operation operation, String arg, String text) {
        if (operation == null || text.isEmpty()) return null;
        Map<String, Object> args = new HashMap<>(operation.args());
        args.put(arg, text);
        return new Operation(operation.name(), args);
    }

    private static @Nullable Operation list(String page) {
        if (page.isEmpty()) return new Operation("memory.list", Map.of());
        return page.matches("[1-9]\\d{0,6}")
                ? new Operation("memory.list", Map.of("page", Integer.valueOf(page)))
                : null;
    }

    /** Whether the time can be read is known at once; in which zone it is meant, when it is done. */
    private static @Nullable Operation expire(String handle, String when) {
        Operation named = of("memory.expire", handle);
        if (named == null) return null;
        if (List.of("never", "永不", "不过期").contains(when)) return of("memory.keep", handle);
        return Moments.read(when, Instant.now(), ZoneOffset.UTC) == null ? null : with(named, "when", when);
    }

    private static @Nullable Operation forget(String what, String more) {
        if (isHandle(what)) return new Operation("memory.forget-handles", Map.of("handles", List.of(what)));
        if (!List.of("all", "everything", "全部", "所有").contains(what)) return null;
        if (more.isEmpty()) return new Operation("memory.forget-all", Map.of());
        return more.matches("\\d{1,9}")
                ? new Operation("memory.forget-all", Map.of("confirmed", Long.valueOf(more)))
                : null;
    }

    private static @Nullable Operation export(String after) {
        if (after.isEmpty()) return new Operation("memory.export", Map.of());
        return after.matches("m-\\d{1,18}(?:\\.\\d{1,6})?")
                ? new Operation("memory.export", Map.of("after", after))
                : null;
    }

    private static @Nullable Operation learning(String on) {
        return switch (on) {
            case "" -> new Operation("memory.learning", Map.of());
            case "on", "开", "开启" -> new Operation("memory.learning", Map.of("on", true));
            case "off", "关", "关闭" -> new Operation("memory.learning", Map.of("on", false));
            default -> null;
        };
    }
}
