package ai.chela.agent.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The operations that exist, with their arguments. Domain files decompose into these and no others. */
final class Operators {
    /**
     * @param values the only values that a literal may have; empty: any
     */
    record Arg(String name, boolean required, Set<String> values) {}

    private static final Map<String, List<Arg>> ALL = new LinkedHashMap<>();

    static {
        add("memory.remember", "text");
        add("memory.recall", "query");
        add("memory.search", "query");
        add("memory.correct", "handle?", "value");
        add("memory.forget", "query");
        add("memory.forget-handles", "handles");
        add("memory.forget-all");
        add("memory.list");
        for (String verb : List.of("explain", "pin", "unpin", "keep", "settle")) add("memory." + verb, "handle?");
        add("memory.look-back", "handle?", "query?", "at?");
        add("memory.expire", "handle?", "timing");
        add("memory.tag", "handle?", "tag");
        for (String verb : List.of("preferences", "habits", "export", "review")) add("memory." + verb);
        add("memory.learning", "on?");
        add("schedule.remind", "timing", "until?", "action=REMIND|ASK|DO", "text");
        add("schedule.list");
        for (String verb : List.of("pause", "resume", "cancel", "run-now")) add("schedule." + verb, "handle");
        add("watch.create", "url", "everySeconds", "expectedStatus");
        for (String host : List.of("disk", "memory", "load")) add("host." + host);
        add("time.now", "zone?");
        add("time.convert", "time?", "from", "to");
        add("date.add", "date?", "amount", "unit=days|weeks|months|years");
        add("date.between", "from", "to");
        add("date.weekday", "date");
        add("calc.evaluate", "expression");
        add("shell.run", "command");
        add("settings.language", "language=en|zh");
        add("settings.timezone", "zone");
        for (String agent : List.of("greet", "thanks", "about", "help")) add("agent." + agent);
        add("approval.explain");
    }

    private Operators() {}

    private static void add(String name, String... args) {
        ALL.put(name, java.util.Arrays.stream(args).map(Operators::arg).toList());
    }

    /** {@code name}, {@code name?} for an optional one, {@code name=a|b} for one with fixed values. */
    private static Arg arg(String written) {
        int equals = written.indexOf('=');
        String name = equals < 0 ? written : written.substring(0, equals);
        Set<String> values =
                equals < 0 ? Set.of() : Set.of(written.substring(equals + 1).split("\\|"));
        boolean optional = name.endsWith("?");
        return new Arg(optional ? name.substring(0, name.length() - 1) : name, !optional, values);
    }

    /** The arguments of an operator; null: there is none of that name. */
    static @Nullable List<Arg> args(String operator) {
        return ALL.get(operator);
    }

    static Set<String> names() {
        return new TreeSet<>(ALL.keySet());
    }
}
