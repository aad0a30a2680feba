package ai.chela.agent.planner;

import ai.chela.agent.planner.date.WhenReader;
import ai.chela.agent.planner.grammar.Ask;
import ai.chela.agent.planner.grammar.Slots;
import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The slot types, read from one message. */
final class MessageSlots implements Slots {
    /** Whether a stretch of the message is itself a message that can be done later. */
    interface Commands {
        boolean deferrable(int from, int to);
    }

    private static final Set<String> FREE = Set.of("text", "phrase", "whether", "question", "query", "value");
    static final Set<String> TYPES = Set.of(
            "text",
            "phrase",
            "whether",
            "question",
            "query",
            "value",
            "quoted",
            "shell",
            "command",
            "when",
            "date",
            "time",
            "length",
            "interval",
            "number",
            "zone",
            "url",
            "handle",
            "memory",
            "expression");

    /** Free text between other words is only looked for in messages up to this many UTF-16 units. */
    static final int LONG = 2_000;

    /** Free text between other words has at most this many tokens. */
    private static final int LONGEST_INNER = 400;

    private static final int LONGEST_PHRASE = 16_384;

    private final Utterance said;
    private final WhenReader times;
    private final Commands commands;
    private final Map<String, Domain.Choice> choices;

    MessageSlots(Utterance said, WhenReader times, Commands commands, Map<String, Domain.Choice> choices) {
        this.said = said;
        this.times = times;
        this.commands = commands;
        this.choices = choices;
    }

    @Override
    public List<Reading> read(String type, String language, int at, int limit, boolean last) {
        Domain.Choice choice = choices.get(type);
        if (choice != null) return choice(choice, language, at, limit);
        if (FREE.contains(type)) return free(type, language, at, limit, last);
        return switch (type) {
            case "quoted" -> quoted(at, limit);
            case "shell" -> shell(at, limit, last);
            case "command" -> command(at, limit, last);
            case "when" -> within(times.when(at), limit);
            case "date" -> within(times.date(at), limit);
            case "time" -> within(times.time(at), limit);
            case "length" -> within(times.length(at), limit);
            case "interval" -> interval(at, limit);
            case "number" -> within(times.number(at), limit);
            case "zone" -> zone(at, limit);
            case "url" -> url(at, limit);
            case "handle" -> said.is(at, "w") ? numbered("w", at, limit) : numbered("t", at, limit);
            case "memory" -> numbered("m", at, limit);
            case "expression" -> expression(at, limit);
            default -> throw new IllegalStateException("slot type without a reader: " + type);
        };
    }

    private static List<Reading> one(int end, @Nullable Object value) {
        return value == null ? List.of() : List.of(new Reading(end, value, 0));
    }

    private static List<Reading> within(List<WhenReader.Read> reads, int limit) {
        return reads.stream()
                .filter(read -> read.end() <= limit)
                .map(read -> new Reading(read.end(), read.value(), 0))
                .toList();
    }

    private List<Reading> free(String type, String language, int at, int limit, boolean last) {
        if (!last
                && (limit - at > LONGEST_INNER
                        || said.source().length() > LONG
                        || !Set.of("text", "phrase", "whether").contains(type))) return List.of();
        List<Reading> readings = new ArrayList<>();
        for (int end = last ? limit : at + 1; end <= limit; end++) {
            boolean delimited = isQuoted(at, end);
            String text = delimited ? said.verbatim(at + 1, end - 1) : FreeText.read(type, language, said, at, end);
            if (text == null || text.isBlank()) continue;
            readings.add(new Reading(end, sized(type, text), delimited ? 0 : end - at));
        }
        return readings;
    }

    private static Object sized(String type, String text) {
        if (type.equals("text") || text.length() <= LONGEST_PHRASE) return text;
        return Ask.of(
                "That text has " + text.length() + " characters; " + LONGEST_PHRASE
                        + " are possible. Can you shorten it?",
                "这段内容有 " + text.length() + " 个字符，最多 " + LONGEST_PHRASE + " 个。能缩短一些吗？");
    }

    private List<Reading> interval(int at, int limit) {
        return within(times.length(at), limit).stream()
                .map(reading -> reading.value() instanceof Duration length && !watchable(length)
                        ? new Reading(
                                reading.end(),
                                Ask.of(
                                        "A watch asks every 5 seconds at most, and at least once in 366 days. How often shall it ask?",
                                        "监控的间隔最短 5 秒，最长 366 天。要多久检查一次？"),
                                0)
                        : reading)
                .toList();
    }

    private static boolean watchable(Duration length) {
        return length.compareTo(Duration.ofSeconds(5)) >= 0 && length.compareTo(Duration.ofDays(366)) <= 0;
    }

    /** Whether the stretch is one quotation and nothing else. */
    private boolean isQuoted(int from, int to) {
        if (to - from < 3 || said.at(from).quoted() || said.at(to - 1).quoted()) return false;
        if (said.at(from).kind() != Token.Kind.SYMBOL || said.at(to - 1).kind() != Token.Kind.SYMBOL) return false;
        if (!said.at(from + 1).quoted()) return false;
        for (int i = from + 1; i < to - 1; i++) if (!said.at(i).quoted()) return false;
        return true;
    }

    private List<Reading> quoted(int at, int limit) {
        for (int end = at + 3; end <= limit; end++) {
            if (isQuoted(at, end)) return one(end, said.verbatim(at + 1, end - 1));
            if (end - 1 < limit && !said.at(end - 2).quoted()) break;
        }
        return List.of();
    }

    private List<Reading> shell(int at, int limit, boolean last) {
        if (said.is(at, "`")) return quoted(at, limit);
        String text = said.verbatim(at, limit);
        if (!last || !Programs.looksLikeCommand(text)) return List.of();
        return List.of(new Reading(limit, text, limit - at));
    }

    private List<Reading> command(int at, int limit, boolean last) {
        if (said.source().length() > LONG) return List.of();
        List<Reading> readings = new ArrayList<>();
        for (int end = last ? limit : at + 1; end <= limit; end++)
            if ((last || !times.when(end).isEmpty()) && commands.deferrable(at, end))
                readings.add(new Reading(end, said.verbatim(at, end), 0));
        return readings;
    }

    private List<Reading> choice(Domain.Choice choice, String language, int at, int limit) {
        int best = -1;
        String value = null;
        for (Map.Entry<String, Map<String, List<Utterance>>> entry :
                choice.values().entrySet())
            for (Utterance words : entry.getValue().getOrDefault(language, List.of())) {
                int end = after(words, at);
                if (end <= limit && end > best) {
                    best = end;
                    value = entry.getKey();
                }
            }
        return one(best, value);
    }

    private int after(Utterance words, int at) {
        for (int i = 0; i < words.size(); i++) if (!said.is(at + i, words.at(i).text())) return -1;
        return at + words.size();
    }

    private List<Reading> zone(int at, int limit) {
        Cities.Found found = Cities.read(said, at, limit);
        return found == null ? List.of() : one(found.end(), found.zone());
    }

    private List<Reading> url(int at, int limit) {
        if (at >= limit || said.at(at).kind() != Token.Kind.URL) return List.of();
        String url = said.verbatim(at, at + 1);
        try {
            String host = new URI(url).getHost();
            if (host != null && url.length() <= 2_048) return one(at + 1, url);
        } catch (URISyntaxException _) {
            // Asked below, as for an address without a host.
        }
        return one(
                at + 1,
                Ask.of(
                        "That is not an address that can be watched. It looks like https://example.org/health.",
                        "这不是可以监控的网址。网址形如 https://example.org/health。"));
    }

    /** t-7, w-2, m-3 and the like. */
    private List<Reading> numbered(String letter, int at, int limit) {
        boolean fits = at + 3 <= limit
                && said.is(at, letter)
                && said.is(at + 1, "-")
                && said.glued(at + 1)
                && said.glued(at + 2)
                && said.at(at + 2).kind() == Token.Kind.NUMBER
                && said.at(at + 2).text().length() <= 9;
        return fits ? one(at + 3, letter + "-" + said.at(at + 2).text()) : List.of();
    }

    private List<Reading> expression(int at, int limit) {
        List<Reading> readings = new ArrayList<>();
        for (int end = Math.min(limit, at + 200); end > at; end--) {
            String expression = Expressions.read(said, at, end);
            if (expression != null) readings.add(new Reading(end, expression, 0));
        }
        return readings;
    }
}
