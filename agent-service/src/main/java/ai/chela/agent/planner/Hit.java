package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Ask;
import ai.chela.agent.planner.grammar.Match;
import ai.chela.agent.planner.grammar.Saying;
import java.util.List;
import java.util.Optional;

/** A method whose form took a stretch of the message, and what it came to. */
record Hit(Domain domain, Task task, Method method, Match match, Decomposer.Outcome outcome) {
    /** What has to be asked before this can be done. */
    Optional<Saying> ask() {
        if (method.ask() != null) return Optional.of(method.ask());
        for (Object value : match.slots().values()) {
            if (value instanceof Ask(Saying question)) return Optional.of(question);
            if (value instanceof List<?> list)
                for (Object item : list) if (item instanceof Ask(Saying question)) return Optional.of(question);
        }
        return Optional.empty();
    }

    /** Whether the form took words without accounting for each of them. */
    boolean open() {
        return match.free() > 0 || match.form().source().contains("command}");
    }
}
