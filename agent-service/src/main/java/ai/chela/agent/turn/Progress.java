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
 * @param rounds what the model said, a round per answer with tool calls, in order
 * @param notes what was assumed and is said with the answer
 * @param answered whether the first answer was given
 * @param early decisions on approvals that came before their question was the answer, in order; they are carried out then
 * @param late results that came after their outcome was taken for unknown but before the first answer; told right after it
 */
public record Progress(
        Source source,
        String language,
        List<Operation> todo,
        List<Call> calls,
        List<Round> rounds,
        List<String> notes,
        boolean answered,
        List<TurnEvent.Decided> early,
        List<Late> late) {
    public Progress {
        todo = List.copyOf(todo);
        calls = List.copyOf(calls);
        rounds = List.copyOf(rounds);
        notes = List.copyOf(notes);
        // a turn that an earlier version has stored has neither
        early = early == null ? List.of() : List.copyOf(early);
        late = late == null ? List.of() : List.copyOf(late);
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
     * @param attempt number of its model call within the turn, from 1; 0 in a turn that an earlier version has stored
     */
    public record Round(String text, int firstCall, int count, int attempt) {}

    /** A result that came late. */
    public record Late(String callId, CallResult result) {}

    static Progress start(Source source, String language, List<Operation> todo, List<String> notes) {
        return new Progress(source, language, todo, List.of(), List.of(), notes, false, List.of(), List.of());
    }

    static Progress start(Source source, String language, List<Operation> todo) {
        return start(source, language, todo, List.of());
    }

    Progress with(Call changed) {
        return withCalls(calls.stream()
                .map(call -> call.id().equals(changed.id()) ? changed : call)
                .toList());
    }

    Progress plus(Call call) {
        return withCalls(and(calls, call));
    }

    Progress plus(Round round) {
        return new Progress(source, language, todo, calls, and(rounds, round), notes, answered, early, late);
    }

    Progress plus(TurnEvent.Decided decided) {
        return new Progress(source, language, todo, calls, rounds, notes, answered, and(early, decided), late);
    }

    Progress plus(Late result) {
        return new Progress(source, language, todo, calls, rounds, notes, answered, early, and(late, result));
    }

    Progress withTodo(List<Operation> rest) {
        return new Progress(source, language, rest, calls, rounds, notes, answered, early, late);
    }

    /** The first answer is given, and whoever released a call has his answer, too. */
    Progress withAnswered() {
        return new Progress(
                source, language, todo, calls.stream().map(Call::told).toList(), rounds, notes, true, early, List.of());
    }

    Progress withoutEarly() {
        return new Progress(source, language, todo, calls, rounds, notes, answered, List.of(), late);
    }

    Progress bySource(Source newSource) {
        return new Progress(newSource, language, todo, calls, rounds, notes, answered, early, late);
    }

    private Progress withCalls(List<Call> changed) {
        return new Progress(source, language, todo, changed, rounds, notes, answered, early, late);
    }

    private static <T> List<T> and(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    boolean waitsForCalls() {
        return calls.stream().anyMatch(Call::requested);
    }

    boolean waitsForPeople() {
        return calls.stream().anyMatch(Call::asked);
    }

    /** The number of the next model call of the turn, if the one under way is done. */
    int nextAttempt() {
        return rounds.isEmpty() ? 1 : rounds.getLast().attempt() + 1;
    }

    /** Codes that wait for a person, in the order in which they were asked. */
    List<String> codes() {
        List<String> codes = new ArrayList<>();
        for (Call call : calls) if (call.state() instanceof CallState.Asked asked) codes.add(asked.code());
        return codes;
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
