package ai.chela.agent.planner;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML file as plain values that know their lines. No types are built and no aliases are followed. */
sealed interface YamlNode {
    int MOST_CHARACTERS = 262_144;

    /** From 1. */
    int line();

    record Scalar(int line, String text) implements YamlNode {}

    record Items(int line, List<YamlNode> items) implements YamlNode {}

    /** {@code lines} says where each key stands; its value may stand further down. */
    record Keys(int line, Map<String, YamlNode> entries, Map<String, Integer> lines) implements YamlNode {}

    /** A file that is no YAML, or uses what is not allowed here. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        final int line;

        Unreadable(int line, String message) {
            super(message);
            this.line = line;
        }
    }

    static YamlNode read(String yaml) throws Unreadable {
        if (yaml.length() > MOST_CHARACTERS) throw new Unreadable(1, "longer than " + MOST_CHARACTERS + " characters");
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        options.setCodePointLimit(MOST_CHARACTERS);
        try {
            Node root = new Yaml(options).compose(new StringReader(yaml));
            if (root == null) throw new Unreadable(1, "the file is empty");
            return convert(root, 0);
        } catch (MarkedYAMLException wrong) {
            int line =
                    wrong.getProblemMark() == null ? 1 : wrong.getProblemMark().getLine() + 1;
            throw new Unreadable(line, "not YAML: " + wrong.getProblem());
        } catch (YAMLException wrong) {
            throw new Unreadable(1, "not YAML: " + wrong.getMessage());
        }
    }

    private static YamlNode convert(Node node, int depth) throws Unreadable {
        int line = node.getStartMark().getLine() + 1;
        if (depth > 20) throw new Unreadable(line, "nested more than 20 deep");
        return switch (node) {
            case ScalarNode scalar -> new Scalar(line, scalar.getValue());
            case SequenceNode sequence -> {
                List<YamlNode> items = new ArrayList<>();
                for (Node item : sequence.getValue()) items.add(convert(item, depth + 1));
                yield new Items(line, items);
            }
            case MappingNode mapping -> {
                Map<String, YamlNode> entries = new LinkedHashMap<>();
                Map<String, Integer> lines = new HashMap<>();
                for (NodeTuple entry : mapping.getValue()) {
                    if (!(entry.getKeyNode() instanceof ScalarNode key))
                        throw new Unreadable(line, "a key must be a word");
                    lines.put(key.getValue(), key.getStartMark().getLine() + 1);
                    if (entries.put(key.getValue(), convert(entry.getValueNode(), depth + 1)) != null)
                        throw new Unreadable(
                                key.getStartMark().getLine() + 1, "the key “" + key.getValue() + "” stands twice");
                }
                yield new Keys(line, entries, lines);
            }
            default -> throw new Unreadable(line, "aliases are not allowed");
        };
    }
}
