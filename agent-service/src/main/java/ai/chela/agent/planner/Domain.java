package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One domain file: tasks, the methods that decompose them, and the operators in which they may end. */
public final class Domain {
    /** What reading a file led to. */
    public sealed interface Parsed {}

    public record Good(Domain domain) implements Parsed {}

    /** Never empty. */
    public record Bad(List<Problem> problems) implements Parsed {}

    /**
     * What is wrong in a file.
     *
     * @param line from 1
     * @param key path of the key, such as {@code tasks.standup.methods[0].forms}
     * @param message what is wrong
     * @param allowed what may stand there
     */
    public record Problem(String file, int line, String key, String message, String allowed) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + key + ": " + message + ". Allowed: " + allowed;
        }
    }

    /** A named list of values and the words that mean each, per language. */
    record Choice(Map<String, Map<String, List<Utterance>>> values) {}

    /** Words before and after a request that change nothing. */
    record Around(List<Form> before, List<Form> after) {}

    private final String name;
    private final String file;
    private final Set<String> operators;
    private final Map<String, Choice> choices;
    private final Around around;
    private final Map<String, Task> tasks;

    Domain(
            String name,
            String file,
            Set<String> operators,
            Map<String, Choice> choices,
            Around around,
            List<Task> tasks) {
        this.name = name;
        this.file = file;
        this.operators = Set.copyOf(operators);
        this.choices = Map.copyOf(choices);
        this.around = around;
        Map<String, Task> byName = new LinkedHashMap<>();
        for (Task task : tasks) byName.put(task.name(), task);
        this.tasks = byName;
    }

    /**
     * Reads a domain file.
     *
     * @param fileName for messages only
     * @param yaml at most 262,144 characters
     */
    public static Parsed parse(String fileName, String yaml) {
        return new DomainReader(fileName).read(yaml);
    }

    public String name() {
        return name;
    }

    public String file() {
        return file;
    }

    /** The operators in which this domain's tasks may end, as the file lists them. */
    public Set<String> operators() {
        return operators;
    }

    Map<String, Choice> choices() {
        return choices;
    }

    Around around() {
        return around;
    }

    Map<String, Task> tasks() {
        return tasks;
    }
}
