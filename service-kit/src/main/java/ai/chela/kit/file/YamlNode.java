package ai.chela.kit.file;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A part of a YAML file that knows its line, so that what is wrong with it can be said exactly. Every reader throws {@link
 * ConfigProblem} when the value is not of the kind asked for.
 */
public final class YamlNode {
    private static final int MAX_CHARACTERS = 1_000_000;

    private final String file;
    private final String path;
    private final Node node;

    private YamlNode(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /**
     * Reads a file's text, at most a million characters.
     *
     * @return the root, null when the file is empty or only comments
     * @throws ConfigProblem when it is not YAML
     */
    public static @Nullable YamlNode parse(String file, String text) {
        if (text.length() > MAX_CHARACTERS) throw new ConfigProblem(file, 1, "too long: at most 1,000,000 characters");
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(30);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            return root == null ? null : new YamlNode(file, "", root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ConfigProblem(file, line, "not YAML: " + e.getProblem());
        }
    }

    public String file() {
        return file;
    }

    /** From 1. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    public ConfigProblem problem(String what) {
        return new ConfigProblem(file, line(), (path.isEmpty() ? "" : path + ": ") + what);
    }

    /** The fields of a mapping, in order; none but these may be there. */
    public Map<String, YamlNode> fields(String... allowed) {
        Map<String, YamlNode> fields = fields();
        List<String> known = List.of(allowed);
        fields.forEach((key, value) -> {
            if (!known.contains(key))
                throw new ConfigProblem(
                        file, value.line(), "unknown key \"" + key + "\"; allowed: " + String.join(", ", known));
        });
        return fields;
    }

    /** The fields of a mapping with keys of any name. */
    public Map<String, YamlNode> fields() {
        if (!(node instanceof MappingNode mapping)) throw problem("expected keys and values");
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) throw problem("keys must be plain words");
            String name = key.getValue();
            if (fields.put(name, new YamlNode(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode()))
                    != null) throw problem("key \"" + name + "\" is there twice");
        }
        return fields;
    }

    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) throw problem("expected a list");
        List<Node> nodes = sequence.getValue();
        return java.util.stream.IntStream.range(0, nodes.size())
                .mapToObj(i -> new YamlNode(file, path + "[" + (i + 1) + "]", nodes.get(i)))
                .toList();
    }

    /** A scalar as text; quotes make no difference. */
    public String text() {
        if (!(node instanceof ScalarNode scalar)) throw problem("expected one value");
        return scalar.getValue();
    }

    public boolean isNull() {
        return node instanceof ScalarNode scalar
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("null")
                        || scalar.getValue().equals("~"));
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean bool() {
        return switch (text()) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw problem("\"" + text() + "\" is not allowed; allowed: true, false");
        };
    }

    /** A whole number from {@code min} to {@code max}. */
    public long number(long min, long max) {
        try {
            long value = Long.parseLong(text().replace("_", ""));
            if (value >= min && value <= max) return value;
        } catch (NumberFormatException _) {
            // said below, together with what is allowed
        }
        throw problem("\"" + text() + "\" is not allowed; allowed: a whole number from " + min + " to " + max);
    }

    /** One of an enum's constants, written in lower case with dashes. */
    public <E extends Enum<E>> E oneOf(Class<E> type) {
        for (E constant : type.getEnumConstants()) if (written(constant).equals(text())) return constant;
        String allowed = java.util.Arrays.stream(type.getEnumConstants())
                .map(YamlNode::written)
                .collect(java.util.stream.Collectors.joining(", "));
        throw problem("\"" + text() + "\" is not allowed; allowed: " + allowed);
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
