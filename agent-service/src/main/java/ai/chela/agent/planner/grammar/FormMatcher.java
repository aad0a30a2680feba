package ai.chela.agent.planner.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matches forms against stretches of one message. What failed once at a position is not tried again, so the work is
 * bounded by the parts of the form times the length of the stretch.
 */
public final class FormMatcher {
    private static final String END_MARKS = ".!?~…";

    private final Utterance said;
    private final Slots slots;

    public FormMatcher(Utterance said, Slots slots) {
        this.said = said;
        this.slots = slots;
    }

    /** The preferred way in which {@code form} takes every word from {@code from} to {@code to}; null: none. */
    public @Nullable Match match(Form form, int from, int to) {
        if (from >= to) return null;
        return new Run(form, from, to).at(form.start(), from);
    }

    private final class Run {
        private final Form form;
        private final int from;
        private final int to;
        private final BitSet failed = new BitSet();

        Run(Form form, int from, int to) {
            this.form = form;
            this.from = from;
            this.to = to;
        }

        private @Nullable Match at(Form.Node node, int at) {
            int key = (at - from) * form.nodes() + node.id();
            if (failed.get(key)) return null;
            Match match = attempt(node, at);
            if (match == null) failed.set(key);
            return match;
        }

        private @Nullable Match attempt(Form.Node node, int at) {
            Match match = step(node, at);
            // A comma between the parts of a form carries no meaning.
            if (match == null && at > from && at < to && said.is(at, ",") && !(node instanceof Form.Branch))
                match = step(node, at + 1);
            return match;
        }

        private @Nullable Match step(Form.Node node, int at) {
            return switch (node) {
                case Form.Literal(int _, String text, Form.Node next) ->
                    at < to && said.is(at, text) ? at(next, at + 1) : null;
                case Form.Branch(int _, List<Form.Node> ways) -> {
                    for (Form.Node way : ways) {
                        Match match = at(way, at);
                        if (match != null) yield match;
                    }
                    yield null;
                }
                case Form.Slot slot -> slot.many() ? many(slot, at) : one(slot, at);
                case Form.Accept _ -> atEnd(at) ? Match.accepted(form) : null;
            };
        }

        private @Nullable Match one(Form.Slot slot, int at) {
            if (at >= to) return null;
            boolean last = slot.next() instanceof Form.Accept;
            for (Slots.Reading reading : slots.read(slot.type(), form.language(), at, to, last)) {
                Match rest = at(slot.next(), reading.end());
                if (rest != null) return rest.with(slot.name(), reading.value(), reading.free(), at, reading.end());
            }
            return null;
        }

        /** The longest list of values after which the rest matches. */
        private @Nullable Match many(Form.Slot slot, int start) {
            List<Object> values = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            int at = start;
            while (at < to && values.size() < 20) {
                List<Slots.Reading> readings = slots.read(slot.type(), form.language(), at, to, false);
                if (readings.isEmpty()) break;
                values.add(readings.getFirst().value());
                ends.add(readings.getFirst().end());
                at = joint(readings.getFirst().end());
                if (at == readings.getFirst().end()) break;
            }
            for (int count = values.size(); count > 0; count--) {
                Match rest = at(slot.next(), ends.get(count - 1));
                if (rest != null) return rest.with(slot.name(), List.copyOf(values.subList(0, count)), 0, start, start);
            }
            return null;
        }

        /** After ", and", "and", "、", 和 and the like. */
        private int joint(int at) {
            int next = at;
            while (next < to
                    && next < at + 2
                    && List.of(",", "、", "and", "&", "plus", "和", "与", "跟", "及", "还")
                            .contains(said.at(next).text())) next++;
            if (said.is(next - 1, "还") && said.is(next, "有")) next++;
            if (said.afterHan(at, "以及") > 0) next = at + 2;
            return next;
        }

        private boolean atEnd(int at) {
            for (int i = at; i < to; i++) if (!END_MARKS.contains(said.at(i).text())) return false;
            return true;
        }
    }
}
