package ai.chela.agent.planner.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles what a domain file writes: words, {@code (this|that)}, {@code [optional]}, {@code {slot}},
 * {@code {name: type}}, {@code {name: type+}} and {@code <phrase>} of the same file.
 */
public final class FormReader {
    /** A form that cannot be read; the message says what is wrong and where. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private static final Pattern SLOT =
            Pattern.compile("\\s*([a-z][a-z0-9-]*)\\s*(?::\\s*([a-z][a-z0-9-]*)\\s*(\\+)?)?\\s*");
    private static final Pattern PHRASE = Pattern.compile("<([a-z][a-z0-9-]*)>");
    private static final int LONGEST = 2_000;
    private static final int MOST_NODES = 800;

    private final String language;
    private final String source;
    private final Set<String> types;
    private final Set<String> slots = new LinkedHashSet<>();
    private final List<Form.Sample> sample = new ArrayList<>();
    private int at;
    private int ids;

    private FormReader(String language, String source, Set<String> types) {
        this.language = language;
        this.source = source;
        this.types = types;
    }

    /**
     * @param phrases text for each {@code <phrase>}
     * @param types names of the slot types that may be used
     */
    public static Form read(String language, String written, Map<String, String> phrases, Set<String> types)
            throws Malformed {
        FormReader reader = new FormReader(language, expand(written, phrases), types);
        List<Part> parts = reader.sequence(0, true);
        if (reader.at < reader.source.length())
            throw new Malformed("unexpected “" + reader.source.charAt(reader.at) + "” at character " + (reader.at + 1));
        Form.Node start = reader.link(parts, new Form.Accept(reader.ids++));
        if (reader.ids > MOST_NODES) throw new Malformed("the form has more than " + MOST_NODES + " parts; split it");
        Set<String> first = new HashSet<>();
        boolean open = firstWords(start, first, new HashSet<>());
        if (start instanceof Form.Accept) throw new Malformed("the form is empty");
        return new Form(
                language,
                written,
                start,
                open ? Set.of() : Set.copyOf(first),
                Set.copyOf(reader.slots),
                List.copyOf(reader.sample),
                reader.ids);
    }

    private static String expand(String written, Map<String, String> phrases) throws Malformed {
        String text = written;
        for (int depth = 0; depth < 5; depth++) {
            Matcher matcher = PHRASE.matcher(text);
            StringBuilder expanded = new StringBuilder();
            boolean any = false;
            while (matcher.find()) {
                String phrase = phrases.get(matcher.group(1));
                if (phrase == null)
                    throw new Malformed("no phrase <" + matcher.group(1) + ">; this file has " + phrases.keySet());
                matcher.appendReplacement(expanded, Matcher.quoteReplacement(phrase));
                any = true;
            }
            text = matcher.appendTail(expanded).toString();
            if (text.length() > LONGEST) throw new Malformed("longer than " + LONGEST + " characters");
            if (!any) return text;
        }
        throw new Malformed("phrases refer to each other more than 5 deep");
    }

    /** What was read, before it is linked to what follows it. */
    private sealed interface Part {
        record Word(String text) implements Part {}

        record Choice(List<List<Part>> ways) implements Part {}

        record Hole(String name, String type, boolean many) implements Part {}
    }

    private List<Part> sequence(int depth, boolean show) throws Malformed {
        if (depth > 8) throw new Malformed("brackets more than 8 deep");
        List<Part> parts = new ArrayList<>();
        while (at < source.length() && "|)]".indexOf(source.charAt(at)) < 0) {
            switch (source.charAt(at)) {
                case '(' -> parts.add(choice(')', depth, show));
                case '[' -> parts.add(choice(']', depth, false));
                case '{' -> parts.add(hole(show));
                case '}' -> throw new Malformed("a “}” without “{” at character " + (at + 1));
                default -> words(parts, show);
            }
        }
        return parts;
    }

    private Part choice(char closing, int depth, boolean show) throws Malformed {
        int opened = at++;
        List<List<Part>> ways = new ArrayList<>();
        ways.add(sequence(depth + 1, show));
        while (at < source.length() && source.charAt(at) == '|') {
            at++;
            ways.add(sequence(depth + 1, false));
        }
        if (at >= source.length() || source.charAt(at) != closing)
            throw new Malformed("the bracket at character " + (opened + 1) + " is not closed by “" + closing + "”");
        at++;
        // The longer of two ways comes first, so that free text never starts with the rest of a word.
        if (ways.stream().flatMap(List::stream).allMatch(Part.Word.class::isInstance))
            ways.sort((a, b) -> b.size() - a.size());
        if (closing == ']') ways.add(List.of());
        return new Part.Choice(ways);
    }

    private Part hole(boolean show) throws Malformed {
        int end = source.indexOf('}', at);
        if (end < 0) throw new Malformed("the slot at character " + (at + 1) + " is not closed by “}”");
        Matcher matcher = SLOT.matcher(source.substring(at + 1, end));
        if (!matcher.matches())
            throw new Malformed(
                    "a slot is {type}, {name: type} or {name: type+}, not " + source.substring(at, end + 1));
        String name = matcher.group(1);
        String type = matcher.group(2) == null ? name : matcher.group(2);
        if (!types.contains(type)) throw new Malformed("no slot type “" + type + "”; there are " + sorted(types));
        at = end + 1;
        slots.add(name);
        if (show) sample.add(new Form.Sample.Gap(name, type));
        return new Part.Hole(name, type, matcher.group(3) != null);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private void words(List<Part> parts, boolean show) {
        int start = at;
        while (at < source.length() && "()[]{}|".indexOf(source.charAt(at)) < 0) at++;
        String text = source.substring(start, at);
        if (show) sample.add(new Form.Sample.Words(text));
        for (Token token : Tokenizer.tokens(text)) parts.add(new Part.Word(token.text()));
    }

    private Form.Node link(List<Part> parts, Form.Node next) throws Malformed {
        Form.Node node = next;
        for (int i = parts.size() - 1; i >= 0; i--) {
            Form.Node after = node;
            node = switch (parts.get(i)) {
                case Part.Word(String text) -> new Form.Literal(ids++, text, after);
                case Part.Hole(String name, String type, boolean many) -> new Form.Slot(ids++, name, type, many, after);
                case Part.Choice(List<List<Part>> ways) -> {
                    List<Form.Node> linked = new ArrayList<>();
                    for (List<Part> way : ways) linked.add(link(way, after));
                    yield new Form.Branch(ids++, List.copyOf(linked));
                }
            };
        }
        return node;
    }

    /** Collects the words that can come first; true when a slot or the end can. */
    private static boolean firstWords(Form.Node node, Set<String> words, Set<Integer> seen) {
        if (!seen.add(node.id())) return false;
        return switch (node) {
            case Form.Literal literal -> {
                words.add(literal.text());
                yield false;
            }
            case Form.Branch branch -> {
                boolean open = false;
                for (Form.Node way : branch.ways()) open |= firstWords(way, words, seen);
                yield open;
            }
            case Form.Slot _, Form.Accept _ -> true;
        };
    }
}
