package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.FormReader;
import ai.chela.agent.planner.grammar.Saying;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one domain file and collects everything that is wrong in it. */
final class DomainReader {
    private static final Set<String> FILE_KEYS =
            Set.of("domain", "about", "phrases", "choices", "around", "operators", "tasks");
    private static final Set<String> METHOD_KEYS =
            Set.of("name", "forms", "needs", "given", "fallback", "steps", "ask");

    private final Problems problems;
    private final String file;
    private final Set<String> operators = new LinkedHashSet<>();
    private final Map<String, Domain.Choice> choices = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> phrases =
            Map.of("en", new LinkedHashMap<>(), "zh", new LinkedHashMap<>());
    private final Set<String> types = new HashSet<>(MessageSlots.TYPES);

    DomainReader(String file) {
        this.file = file;
        this.problems = new Problems(file);
    }

    Domain.Parsed read(String yaml) {
        Domain domain = null;
        try {
            domain = domain(YamlNode.read(yaml));
        } catch (YamlNode.Unreadable wrong) {
            problems.add(
                    wrong.line, "(file)", String.valueOf(wrong.getMessage()), "a YAML map with the keys " + FILE_KEYS);
        }
        return domain == null || !problems.none() ? new Domain.Bad(problems.all()) : new Domain.Good(domain);
    }

    private Domain domain(YamlNode root) {
        Map<String, YamlNode> keys = problems.keys(root, "(file)", FILE_KEYS);
        String name = problems.name(keys.get("domain"), "domain", root.line());
        readPhrases(keys.get("phrases"));
        readChoices(keys.get("choices"));
        readOperators(keys.get("operators"));
        Domain.Around around = around(keys.get("around"));
        List<Task> tasks = new ArrayList<>();
        YamlNode written = keys.get("tasks");
        if (written != null)
            problems.keys(written, "tasks", null).forEach((task, node) -> tasks.add(task(task, node, "tasks." + task)));
        else if (around.before().isEmpty()) problems.add(root.line(), "tasks", "missing", "at least one task");
        return new Domain(name, file, operators, choices, around, tasks);
    }

    private void readPhrases(@Nullable YamlNode node) {
        if (node == null) return;
        problems.keys(node, "phrases", null)
                .forEach((name, both) -> problems.keys(both, "phrases." + name, Set.of("en", "zh"))
                        .forEach((language, text) -> {
                            Map<String, String> known = phrases.get(language);
                            if (known != null) known.put(name, problems.text(text, "phrases." + name + "." + language));
                        }));
    }

    private void readChoices(@Nullable YamlNode node) {
        if (node == null) return;
        problems.keys(node, "choices", null).forEach((name, written) -> {
            Map<String, Map<String, List<Utterance>>> values = new LinkedHashMap<>();
            problems.keys(written, "choices." + name, null).forEach((value, both) -> {
                String path = "choices." + name + "." + value;
                Map<String, List<Utterance>> words = new LinkedHashMap<>();
                problems.keys(both, path, Set.of("en", "zh"))
                        .forEach((language, list) -> words.put(
                                language,
                                problems.texts(list, path).stream()
                                        .map(Utterance::of)
                                        .toList()));
                values.put(value, words);
            });
            choices.put(name, new Domain.Choice(values));
            types.add(name);
        });
    }

    private void readOperators(@Nullable YamlNode node) {
        if (node == null) return;
        for (YamlNode item : problems.items(node, "operators")) {
            String name = problems.text(item, "operators");
            if (Operators.args(name) == null)
                problems.add(
                        item.line(),
                        "operators",
                        "no operator “" + name + "”",
                        Operators.names().toString());
            operators.add(name);
        }
    }

    private Domain.Around around(@Nullable YamlNode node) {
        if (node == null) return new Domain.Around(List.of(), List.of());
        Map<String, YamlNode> keys = problems.keys(node, "around", Set.of("before", "after"));
        return new Domain.Around(forms(keys.get("before"), "around.before"), forms(keys.get("after"), "around.after"));
    }

    private Task task(String name, YamlNode node, String path) {
        Map<String, YamlNode> keys = problems.keys(node, path, Set.of("about", "deferrable", "alone", "methods"));
        boolean deferrable = problems.flag(keys.get("deferrable"), path + ".deferrable", true);
        boolean alone = problems.flag(keys.get("alone"), path + ".alone", false);
        List<Method> methods = new ArrayList<>();
        YamlNode written = keys.get("methods");
        if (written == null) problems.add(node.line(), path + ".methods", "missing", "a list of methods");
        else
            for (YamlNode method : problems.items(written, path + ".methods"))
                methods.add(method(method, path + ".methods[" + methods.size() + "]"));
        return new Task(name, deferrable, alone, methods);
    }

    private Method method(YamlNode node, String path) {
        Map<String, YamlNode> keys = problems.keys(node, path, METHOD_KEYS);
        String name = problems.name(keys.get("name"), path + ".name", node.line());
        List<Form> forms = forms(keys.get("forms"), path + ".forms");
        boolean fallback = problems.flag(keys.get("fallback"), path + ".fallback", false);
        YamlNode asked = keys.get("ask");
        Saying ask = asked == null ? null : saying(asked, path + ".ask");
        StepReader reader = new StepReader(problems, operators, forms);
        YamlNode written = keys.get("steps");
        List<Method.Step> steps = written == null ? List.of() : reader.steps(written, path + ".steps");
        if (steps.isEmpty() == (ask == null))
            problems.add(node.line(), path, "a method has either steps or ask", "steps: a list, or ask: {en, zh}");
        return new Method(
                name, forms, needs(keys.get("needs"), path), given(keys.get("given"), path), fallback, steps, ask);
    }

    private List<String> needs(@Nullable YamlNode node, String path) {
        List<String> needs = node == null ? List.of() : problems.texts(node, path + ".needs");
        for (String need : needs)
            if (node != null && !Request.FACTS.contains(need.replaceFirst("^not ", "")))
                problems.add(
                        node.line(),
                        path + ".needs",
                        "no fact “" + need + "”",
                        Request.FACTS + ", each also with “not ”");
        return needs;
    }

    private Map<String, String> given(@Nullable YamlNode node, String path) {
        if (node == null) return Map.of();
        Map<String, String> given = new LinkedHashMap<>();
        problems.keys(node, path + ".given", null)
                .forEach((slot, value) -> given.put(slot, problems.text(value, path + ".given." + slot)));
        return given;
    }

    private Saying saying(YamlNode node, String path) {
        Map<String, YamlNode> keys = problems.keys(node, path, Set.of("en", "zh"));
        return new Saying(
                problems.required(keys.get("en"), path + ".en", node.line()),
                problems.required(keys.get("zh"), path + ".zh", node.line()));
    }

    private List<Form> forms(@Nullable YamlNode node, String path) {
        if (node == null) return List.of();
        List<Form> forms = new ArrayList<>();
        problems.keys(node, path, Set.of("en", "zh")).forEach((language, list) -> {
            for (YamlNode item : problems.items(list, path + "." + language))
                form(language, item, path + "." + language, forms);
        });
        return forms;
    }

    private void form(String language, YamlNode item, String path, List<Form> forms) {
        Map<String, String> known = phrases.get(language);
        if (known == null) return;
        try {
            forms.add(FormReader.read(language, problems.text(item, path), known, types));
        } catch (FormReader.Malformed wrong) {
            problems.add(
                    item.line(),
                    path,
                    String.valueOf(wrong.getMessage()),
                    "words, (a|b), [optional], {slot}, {name: type}, {name: type+}, <phrase>");
        }
    }
}
