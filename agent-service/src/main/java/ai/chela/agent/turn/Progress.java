package ai.chela.agent.turn;

import ai.chela.agent.planner.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn has done and has still to do.
 *
 * @param source who decides what is done
 * @param language of the replies: {@code en} or {@code zh}
 * @param todo operations of the plan that were not begun
 * @param calls all calls so far, in the order in which they were begun
 * @param rounds what the model said, a round per model call, in order
 * @param notes what was assumed and is said with the answer
 * @param answered whether the first answer was given
 */
public record Progress(
        Source source,
        String language,
        List<Operation> todo,
        List<Call> calls,
        List<Round> rounds,
        List<String> notes,
        boolean answered) {
    public Progress {
        todo = List.copyOf(todo);
        calls = List.copyOf(calls);
        rounds = List.copyOf(rounds);
        notes = List.copyOf(notes);
    }

    /** Who decides. */
    public enum Source {
        PLANNER,
        MODEL
    }

    /**
     * One answer of the model.
     *
     * @param text what it said beside its tool calls, empty mostly
     * @param firstCall index in {@code calls} of its first tool call
     * @param count how many tool calls it made
     */
    public record Round(String text, int firstCall, int count) {}

    static Progress start(Source source, String language, List<Operation> todo, List<String> notes) {
        return new Progress(source, language, todo, List.of(), List.of(), notes, false);
    }

    static Progress start(Source source, String language, List<Operation> todo) {
        return start(source, language, todo, List.of());
    }

    Progress with(Call changed) {
        return new Progress(
                source,
                language,
                todo,
                calls.stream()
                        .map(call -> call.id().equals(changed.id()) ? changed : call)
                        .toList(),
                rounds,
                notes,
                answered);
    }

    Progress plus(Call call) {
        List<Call> more = new ArrayList<>(calls);
        more.add(call);
        return new Progress(source, language, todo, more, rounds, notes, answered);
    }

    Progress plus(Round round) {
        List<Round> more = new ArrayList<>(rounds);
        more.add(round);
        return new Progress(source, language, todo, calls, more, notes, answered);
    }

    Progress withTodo(List<Operation> rest) {
        return new Progress(source, language, rest, calls, rounds, notes, answered);
    }

    Progress withAnswered() {
        return new Progress(source, language, todo, calls, rounds, notes, true);
    }

    Progress bySource(Source newSource) {
        return new Progress(newSource, language, todo, calls, rounds, notes, answered);
    }

    boolean waitsForCalls() {
        return calls.stream().anyMatch(Call::requested);
    }

    boolean waitsForPeople() {
        return calls.stream().anyMatch(Call::asked);
    }

    @Nullable
    Call call(String id) {
        return calls.stream().filter(call -> call.id().equals(id)).findFirst().orElse(null);
    }

    @Nullable
    Call askedBy(String code) {
        return calls.stream()
                .filter(call -> call.state() instanceof CallState.Asked asked
                        && asked.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
