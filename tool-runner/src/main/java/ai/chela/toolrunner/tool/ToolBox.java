package ai.chela.toolrunner.tool;

import ai.chela.contracts.tool.ToolDeclared;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tools of this runner, by name. The list is explicit: nothing is found by scanning. */
public final class ToolBox {
    private final Map<String, Tool> byName = new TreeMap<>();

    /** @throws IllegalArgumentException when two tools have the same name */
    public ToolBox(Collection<? extends Tool> tools) {
        for (Tool tool : tools)
            if (byName.put(tool.declaration().name(), tool) != null)
                throw new IllegalArgumentException(
                        "two tools are named " + tool.declaration().name());
    }

    /** The tool of that name. */
    public Optional<Tool> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All tools, by name. */
    public List<Tool> tools() {
        return List.copyOf(byName.values());
    }

    /** What the other services are told of each. */
    public List<ToolDeclared> declarations() {
        return byName.values().stream().map(ToolBox::declared).toList();
    }

    /**
     * Checks that a call can run: the tool is known, its arguments pass its schema, and it is available here.
     *
     * @return the reason why not, empty when it can
     */
    public Optional<ToolResult.Refused> refusal(String name, Map<String, Object> args, Language language) {
        Tool tool = byName.get(name);
        if (tool == null)
            return Optional.of(
                    new ToolResult.Refused("tool.unknown", unknown(name).in(language)));
        Optional<Tool.Unavailable> missing = tool.unavailable();
        if (missing.isPresent())
            return missing.map(
                    reason -> new ToolResult.Refused(reason.code(), reason.why().in(language)));
        return SchemaCheck.problem(tool.declaration().schema(), args)
                .map(problem -> new ToolResult.Refused(
                        "tool.arguments",
                        new Said(name + ": " + problem.en(), name + "：" + problem.zh()).in(language)));
    }

    private Said unknown(String name) {
        String shown = name.length() <= 60 ? name : name.substring(0, 60) + "…";
        String known = String.join(", ", byName.keySet());
        return new Said(
                "There is no tool \"" + shown + "\". Known: " + known + ".",
                "没有名为“" + shown + "”的工具。可用：" + known + "。");
    }

    private static ToolDeclared declared(Tool tool) {
        Tool.Declaration declaration = tool.declaration();
        return new ToolDeclared(
                declaration.name(),
                declaration.version(),
                declaration.description(),
                declaration.schema(),
                declaration.effect(),
                declaration.repeatable(),
                tool.unavailable().map(missing -> missing.why().en()).orElse(null));
    }
}
