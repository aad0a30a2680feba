package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.Saying;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the steps of a method and checks them against the operators. */
final class StepReader {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z][a-z0-9-]*)(?:\\.([a-z]+))?}");
    private static final Set<String> STEP_KEYS = Set.of("task", "operator", "with", "each");

    private final Problems problems;
    private final Set<String> operators;
    private final List<Form> forms;

    StepReader(Problems problems, Set<String> operators, List<Form> forms) {
        this.problems = problems;
        this.operators = operators;
        this.forms = forms;
    }

    List<Method.Step> steps(YamlNode node, String path) {
        List<Method.Step> steps = new ArrayList<>();
        for (YamlNode item : problems.items(node, path)) steps.add(step(item, path + "[" + steps.size() + "]"));
        return steps;
    }

    private Method.Step step(YamlNode node, String path) {
        Map<String, YamlNode> keys = problems.keys(node, path, STEP_KEYS);
        YamlNode task = keys.get("task");
        YamlNode operator = keys.get("operator");
        if ((task == null) == (operator == null))
            problems.add(node.line(), path, "a step is either a task or an operator", "task: NAME, or operator: NAME");
        Map<String, Method.Value> with = new LinkedHashMap<>();
        YamlNode written = keys.get("with");
        if (written != null)
            problems.keys(written, path + ".with", null)
                    .forEach((arg, value) -> with.put(arg, value(value, path + ".with." + arg)));
        YamlNode each = keys.get("each");
        String over = each == null ? null : problems.text(each, path + ".each");
        String name = operator != null
                ? problems.text(operator, path + ".operator")
                : task != null ? problems.text(task, path + ".task") : "?";
        if (operator != null) check(name, with, node, path);
        return new Method.Step(operator != null, name, with, over);
    }

    private void check(String operator, Map<String, Method.Value> with, YamlNode node, String path) {
        List<Operators.Arg> args = Operators.args(operator);
        if (args == null || !operators.contains(operator)) {
            problems.add(
                    node.line(), path, "“" + operator + "” is not among this file's operators", operators.toString());
            return;
        }
        for (Operators.Arg arg : args) {
            Method.Value value = with.get(arg.name());
            if (value == null && arg.required())
                problems.add(node.line(), path + ".with", operator + " needs “" + arg.name() + "”", args.toString());
            if (value instanceof Method.Value.Literal(Object literal)
                    && !arg.values().isEmpty()
                    && !arg.values().contains(String.valueOf(literal)))
                problems.add(
                        node.line(),
                        path + ".with." + arg.name(),
                        "not " + literal,
                        arg.values().toString());
            if (arg.name().equals("timing")
                    && value instanceof Method.Value.Literal(Object when)
                    && !Timings.readable(String.valueOf(when), Instant.EPOCH, ZoneOffset.UTC))
                problems.add(
                        node.line(),
                        path + ".with.timing",
                        "“" + when + "” is no time",
                        "\"in 15 minutes\", \"每天9点\", ...");
        }
        Set<String> known = Set.copyOf(args.stream().map(Operators.Arg::name).toList());
        for (String given : with.keySet())
            if (!known.contains(given))
                problems.add(node.line(), path + ".with", operator + " has no “" + given + "”", known.toString());
    }

    private Method.Value value(YamlNode node, String path) {
        return switch (node) {
            case YamlNode.Scalar(int line, String text) -> scalar(line, text, path);
            case YamlNode.Items(int _, List<YamlNode> items) ->
                new Method.Value.Literal(
                        items.stream().map(item -> problems.text(item, path)).toList());
            case YamlNode.Keys keys -> both(keys, path);
        };
    }

    private Method.Value both(YamlNode.Keys node, String path) {
        Map<String, YamlNode> keys = problems.keys(node, path, Set.of("en", "zh"));
        String en = problems.required(keys.get("en"), path + ".en", node.line());
        String zh = problems.required(keys.get("zh"), path + ".zh", node.line());
        slots(en, node.line(), path);
        slots(zh, node.line(), path);
        return new Method.Value.Text(new Saying(en, zh));
    }

    private Method.Value scalar(int line, String text, String path) {
        slots(text, line, path);
        Matcher whole = SLOT.matcher(text);
        if (whole.matches()) return new Method.Value.Slot(whole.group(1), whole.group(2) == null ? "" : whole.group(2));
        if (SLOT.matcher(text).find()) return new Method.Value.Text(new Saying(text, text));
        if (text.matches("-?[0-9]{1,9}")) return new Method.Value.Literal(Integer.parseInt(text));
        return new Method.Value.Literal(text);
    }

    /** A slot that no form of the method has would never be filled. Methods without forms get theirs from the caller. */
    private void slots(String text, int line, String path) {
        Matcher slot = SLOT.matcher(text);
        while (slot.find()) {
            String name = slot.group(1);
            if (!name.equals(Decomposer.TODAY)
                    && !forms.isEmpty()
                    && forms.stream().noneMatch(form -> form.slots().contains(name)))
                problems.add(line, path, "no form of this method has a slot {" + name + "}", slotNames());
        }
    }

    private String slotNames() {
        return forms.stream()
                .flatMap(form -> form.slots().stream())
                .distinct()
                .sorted()
                .toList()
                .toString();
    }
}
