package ai.chela.agent.planner;

import ai.chela.agent.planner.date.When;
import ai.chela.agent.planner.grammar.Match;
import ai.chela.agent.planner.grammar.Saying;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decomposes tasks by their methods down to operators; the first method whose preconditions hold and that comes out. */
final class Decomposer {
    /** The operations of a task in order, the tree that led to them, and what was assumed. */
    record Outcome(Derivation.Node node, List<Operation> operations, List<Saying> notes) {}

    /** A slot that every method has. */
    static final String TODAY = "today";

    private static final int DEEPEST = 12;
    private static final int MOST_OPERATIONS = 50;

    private final Map<String, Domain> domains;
    private final Request request;

    Decomposer(Map<String, Domain> domains, Request request) {
        this.domains = domains;
        this.request = request;
    }

    /** Empty when a precondition does not hold or a subtask has no method. */
    Optional<Outcome> decompose(Domain domain, Task task, Method method, Match match) {
        return Optional.ofNullable(new Run(match.form().language())
                .method(domain, task, method, match.slots(), match.form().source(), 0));
    }

    boolean holds(Method method) {
        for (String need : method.needs()) {
            boolean not = need.startsWith("not ");
            if (request.holds().contains(not ? need.substring(4) : need) == not) return false;
        }
        return true;
    }

    private final class Run {
        private final String language;
        private int operations;

        Run(String language) {
            this.language = language;
        }

        private @Nullable Outcome method(
                Domain domain, Task task, Method method, Map<String, Object> slots, String form, int depth) {
            if (depth > DEEPEST || !holds(method)) return null;
            for (Map.Entry<String, String> given : method.given().entrySet())
                if (!given.getValue().equals(String.valueOf(slots.get(given.getKey())))) return null;
            List<Derivation.Node> nodes = new ArrayList<>();
            List<Operation> all = new ArrayList<>();
            List<Saying> notes = new ArrayList<>();
            slots.values().forEach(value -> {
                if (value instanceof When when) notes.addAll(when.notes());
            });
            for (Method.Step step : method.steps())
                for (Map<String, Object> scope : scopes(step, slots)) {
                    Outcome part = step(domain, step, scope, depth);
                    if (part == null || (operations += part.operations().size()) > MOST_OPERATIONS) return null;
                    nodes.add(part.node());
                    all.addAll(part.operations());
                    notes.addAll(part.notes());
                }
            Derivation.Node node = new Derivation.Decomposed(
                    domain.name(), domain.file(), task.name(), method.name(), form, List.copyOf(nodes));
            return new Outcome(node, all, notes);
        }

        /** What the slots hold for each round of a step. */
        private List<Map<String, Object>> scopes(Method.Step step, Map<String, Object> slots) {
            if (step.each() == null) return List.of(slots);
            List<Map<String, Object>> scopes = new ArrayList<>();
            Object values = slots.get(step.each());
            for (Object value : values instanceof List<?> list ? list : List.of()) {
                Map<String, Object> scope = new LinkedHashMap<>(slots);
                scope.put(step.each(), value);
                scopes.add(scope);
            }
            return scopes;
        }

        private @Nullable Outcome step(Domain domain, Method.Step step, Map<String, Object> slots, int depth) {
            Map<String, Object> args = new LinkedHashMap<>();
            step.with().forEach((name, value) -> {
                Object arg = value(name, value, slots);
                if (arg != null) args.put(name, arg);
            });
            if (step.operator()) {
                List<Operators.Arg> known = Operators.args(step.name());
                if (known == null || !known.stream().allMatch(a -> !a.required() || args.containsKey(a.name())))
                    return null;
                Operation operation = new Operation(step.name(), args);
                return new Outcome(new Derivation.Applied(operation), List.of(operation), List.of());
            }
            int slash = step.name().indexOf('/');
            Domain home = slash < 0 ? domain : domains.get(step.name().substring(0, slash));
            Task task = home == null ? null : home.tasks().get(step.name().substring(slash + 1));
            if (home == null || task == null) return null;
            for (Method method : task.methods()) {
                int before = operations;
                Outcome outcome = method.steps().isEmpty() ? null : method(home, task, method, args, "", depth + 1);
                operations = before;
                if (outcome != null) return outcome;
            }
            return null;
        }

        private @Nullable Object value(String arg, Method.Value value, Map<String, Object> slots) {
            return switch (value) {
                case Method.Value.Literal(Object literal) -> literal(arg, literal);
                case Method.Value.Text(Saying text) -> filled(text.in(language), slots);
                case Method.Value.Slot(String name, String field) ->
                    name.equals(TODAY)
                            ? LocalDate.ofInstant(request.now(), request.zone()).toString()
                            : plain(slots.get(name), field);
            };
        }

        private @Nullable Object literal(String arg, Object literal) {
            if (!arg.equals("timing")) return literal;
            When when = Timings.read(String.valueOf(literal), request.now(), request.zone());
            return when == null ? null : when.timing();
        }

        private String filled(String text, Map<String, Object> slots) {
            String filled = text;
            for (Map.Entry<String, Object> slot : slots.entrySet()) {
                Object value = plain(slot.getValue(), "");
                filled = filled.replace("{" + slot.getKey() + "}", value == null ? "" : String.valueOf(value));
            }
            return filled;
        }
    }

    private static @Nullable Object plain(@Nullable Object value, String field) {
        return switch (value) {
            case null -> null;
            case When when when field.equals("until") -> when.until() == null ? null : String.valueOf(when.until());
            case When when -> when.timing();
            case LocalDate date -> date.toString();
            case LocalTime time -> time.toString();
            case java.time.Duration length -> Math.toIntExact(Math.min(length.toSeconds(), Integer.MAX_VALUE));
            default -> value;
        };
    }
}
