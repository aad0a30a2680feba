package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.Saying;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to do a task.
 *
 * @param forms how a person says it; empty: only other methods use the task
 * @param needs facts that must hold, "not FACT" for ones that must not
 * @param given slots that must have these values
 * @param fallback whether it is tried only when nothing else takes the message
 * @param steps what it consists of, in order
 * @param ask asked instead of doing anything; null: it does the steps
 */
record Method(
        String name,
        List<Form> forms,
        List<String> needs,
        Map<String, String> given,
        boolean fallback,
        List<Step> steps,
        @Nullable Saying ask) {

    /** A subtask or an operator with what it is given. */
    record Step(
            boolean operator,
            String name,
            Map<String, Value> with,
            @Nullable String each) {}

    /** What an argument is made of. */
    sealed interface Value {
        /** Text, number, boolean or list as written. */
        record Literal(Object value) implements Value {}

        /** Text in the language of the message; {@code {slot}} in it is replaced. */
        record Text(Saying text) implements Value {}

        /** What a slot holds; {@code field}: one side of it. */
        record Slot(String name, String field) implements Value {}
    }
}
