package ai.chela.agent.planner.grammar;

import java.util.List;
import java.util.Set;

/**
 * One way of saying a task, compiled.
 *
 * @param language "en" or "zh"
 * @param source as the domain file writes it
 * @param start where matching starts
 * @param first the words it can start with; empty: it can start with a slot
 * @param slots names of its slots
 * @param sample its shortest way, optional parts left out
 */
public record Form(
        String language,
        String source,
        Node start,
        Set<String> first,
        Set<String> slots,
        List<Sample> sample,
        int nodes) {
    /** A part of the shortest way to say a form. */
    public sealed interface Sample {
        record Words(String text) implements Sample {}

        record Gap(String name, String type) implements Sample {}
    }

    /** A step of a form. */
    public sealed interface Node {
        int id();
    }

    public record Literal(int id, String text, Node next) implements Node {}

    public record Branch(int id, List<Node> ways) implements Node {}

    /** {@code many}: several values joined by commas or "and". */
    public record Slot(int id, String name, String type, boolean many, Node next) implements Node {}

    public record Accept(int id) implements Node {}
}
