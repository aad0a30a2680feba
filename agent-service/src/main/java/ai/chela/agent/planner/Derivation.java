package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Saying;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a message became operations: the tree from tasks over methods to operators. */
public record Derivation(List<Node> roots, List<Saying> assumed) {
    /** A step of the tree. */
    public sealed interface Node {}

    /**
     * A task and the method that decomposed it.
     *
     * @param form the form that the message matched; empty for a subtask
     * @param domain name of the domain
     * @param file the file it was read from
     */
    public record Decomposed(String domain, String file, String task, String method, String form, List<Node> parts)
            implements Node {}

    /** An operator with its arguments. */
    public record Applied(Operation operation) implements Node {}

    public Derivation {
        roots = List.copyOf(roots);
        assumed = List.copyOf(assumed);
    }

    List<String> notes(String language) {
        return assumed.stream().distinct().map(note -> note.in(language)).toList();
    }

    /** The tree for a person, one step a line, indented by two spaces a level. */
    public String render(String language) {
        StringBuilder out = new StringBuilder();
        for (Node root : roots) render(root, 0, language, out);
        for (String note : notes(language)) out.append("* ").append(note).append('\n');
        return out.toString().stripTrailing();
    }

    private static void render(Node node, int depth, String language, StringBuilder out) {
        out.append("  ".repeat(depth));
        switch (node) {
            case Decomposed(String domain, String file, String task, String method, String form, List<Node> parts) -> {
                boolean zh = language.equals("zh");
                out.append(domain)
                        .append('/')
                        .append(task)
                        .append(zh ? "，方法 " : ", method ")
                        .append(method);
                if (!form.isEmpty())
                    out.append(zh ? "，句式 “" : ", form “")
                            .append(form)
                            .append("” (")
                            .append(file)
                            .append(')');
                out.append('\n');
                for (Node part : parts) render(part, depth + 1, language, out);
            }
            case Applied(Operation operation) ->
                out.append("→ ")
                        .append(operation.name())
                        .append(args(operation.args()))
                        .append('\n');
        }
    }

    private static String args(Map<String, Object> args) {
        if (args.isEmpty()) return "";
        return args.entrySet().stream()
                .map(arg -> arg.getKey() + "=" + cut(String.valueOf(arg.getValue())))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String cut(String value) {
        return value.length() <= 120 ? value : value.substring(0, value.offsetByCodePoints(0, 60)) + "…";
    }
}
