package ai.chela.agent.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads values of a domain file; what is wrong is noted, and reading goes on with something harmless. */
final class Problems {
    private static final String NAME = "[a-z][a-z0-9-]{0,39}";

    private final String file;
    private final List<Domain.Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String key, String message, String allowed) {
        found.add(new Domain.Problem(file, line, key, message, allowed));
    }

    boolean none() {
        return found.isEmpty();
    }

    List<Domain.Problem> all() {
        return List.copyOf(found);
    }

    /** The entries of a map whose keys are among {@code allowed}; null: any name. */
    Map<String, YamlNode> keys(YamlNode node, String path, @Nullable Set<String> allowed) {
        if (!(node instanceof YamlNode.Keys(int _, Map<String, YamlNode> entries, Map<String, Integer> lines))) {
            add(node.line(), path, "not a map", allowed == null ? "names, each with its value" : "the keys " + allowed);
            return Map.of();
        }
        Map<String, YamlNode> good = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            int line = lines.getOrDefault(key, value.line());
            if (allowed != null && !allowed.contains(key)) add(line, path, "no key “" + key + "”", allowed.toString());
            else if (allowed == null && !key.matches(NAME + "|[a-zA-Z-]{1,40}"))
                add(line, path, "“" + key + "” is no name", "small letters, digits and -, at most 40");
            else good.put(key, value);
        });
        return good;
    }

    List<YamlNode> items(YamlNode node, String path) {
        if (node instanceof YamlNode.Items(int _, List<YamlNode> items)) return items;
        add(node.line(), path, "not a list", "a list");
        return List.of();
    }

    String text(YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar(int _, String text) && !text.isBlank()) return text;
        add(node.line(), path, "not a text", "a text that is not empty");
        return "?";
    }

    List<String> texts(YamlNode node, String path) {
        return items(node, path).stream().map(item -> text(item, path)).toList();
    }

    String required(@Nullable YamlNode node, String path, int line) {
        if (node != null) return text(node, path);
        add(line, path, "missing", "a text");
        return "?";
    }

    String name(@Nullable YamlNode node, String path, int line) {
        String name = required(node, path, line);
        if (node != null && !name.matches(NAME))
            add(line, path, "“" + name + "” is no name", "small letters, digits and -, at most 40");
        return name;
    }

    boolean flag(@Nullable YamlNode node, String path, boolean otherwise) {
        if (node == null) return otherwise;
        String text = text(node, path);
        if (text.equals("yes") || text.equals("true")) return true;
        if (!text.equals("no") && !text.equals("false")) add(node.line(), path, "neither yes nor no", "yes, no");
        return false;
    }
}
