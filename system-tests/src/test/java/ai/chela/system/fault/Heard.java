package ai.chela.system.fault;

import ai.chela.system.fault.Entry.Accepted;
import ai.chela.system.fault.Entry.Away;
import ai.chela.system.fault.Entry.Fault;
import ai.chela.system.fault.Entry.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What chat clients heard, read as answers: a platform does not say what an answer is for, so its words must, and what holds
 * nobody's words answers the oldest message. A copy that is marked as a possible repeat is set aside when a sender could
 * have died between a sending and its record; any other copy counts.
 */
final class Heard {
    static final String MARK = "(possibly repeated)\n";
    /** From a sending to the clock of who writes the fault down. */
    private static final Duration NOTED = Duration.ofSeconds(2);
    /** A client may hear the answer before its server has acknowledged the message. */
    private static final Duration ACKNOWLEDGED = Duration.ofSeconds(30);

    private final Map<String, List<Accepted>> accepted;
    private final List<Fault> faults;
    private final List<Away> away;
    private final Map<String, List<Seen>> seen = new TreeMap<>();
    private final Set<String> answered = new HashSet<>();
    private int marked;
    private int repeats;

    private Heard(List<Entry> journal) {
        accepted = journal.stream()
                .filter(Accepted.class::isInstance)
                .map(Accepted.class::cast)
                .collect(Collectors.groupingBy(Accepted::conversation));
        faults = journal.stream()
                .filter(Fault.class::isInstance)
                .map(Fault.class::cast)
                .toList();
        away = journal.stream()
                .filter(Away.class::isInstance)
                .map(Away.class::cast)
                .toList();
    }

    /** Reads a journal that is in the order of time. */
    static Heard read(List<Entry> journal) {
        Heard heard = new Heard(journal);
        Map<String, Instant> first = new HashMap<>();
        for (Entry entry : journal)
            if (entry instanceof Entry.Heard(Instant at, String conversation, String text))
                heard.take(at, conversation, text, first);
        return heard;
    }

    /** By conversation, in the order in which it was heard. */
    Map<String, List<Seen>> seen() {
        return seen;
    }

    /** How many were marked as a possible repeat, first copies or not. */
    int marked() {
        return marked;
    }

    /** How many of the marked were second copies. */
    int repeats() {
        return repeats;
    }

    private void take(Instant at, String conversation, String told, Map<String, Instant> first) {
        boolean isMarked = told.startsWith(MARK);
        String text = isMarked ? told.substring(MARK.length()) : told;
        Instant before = first.putIfAbsent(conversation + " " + text, at);
        if (isMarked) marked++;
        if (isMarked && before != null && struck(before.minus(NOTED), at)) {
            repeats++;
            return;
        }
        List<Seen> events = seen.computeIfAbsent(conversation, _ -> new ArrayList<>());
        events.add(event(at, conversation, events.size() + 1, text, before != null));
    }

    private Seen event(Instant at, String conversation, int number, String text, boolean copy) {
        Map<String, String> open = new LinkedHashMap<>();
        for (Accepted one : accepted.getOrDefault(conversation, List.of()))
            if (!one.at().isAfter(at.plus(ACKNOWLEDGED)) && (copy || !answered.contains(conversation + " " + one.id())))
                open.put(one.id(), one.expected());
        String id = answers(text, open);
        if (id != null) answered.add(conversation + " " + id);
        Seen reply = new Seen(at, conversation, number, "reply", id, text, null);
        return id == null || reply.isUnsure() || text.contains(String.valueOf(open.get(id)))
                ? reply
                : new Seen(at, conversation, number, "failed", id, text, "in-chat");
    }

    /**
     * The message that a text answers; null when it comes by itself.
     *
     * @param expected what the answers to the messages that wait must say, oldest first
     */
    static @Nullable String answers(String text, Map<String, String> expected) {
        if (text.contains("Reminder: ") || text.contains("The outcome that was unknown has come")) return null;
        String oldest = null;
        for (Map.Entry<String, String> one : expected.entrySet()) {
            if (text.contains(one.getValue())) return one.getKey();
            if (oldest == null) oldest = one.getKey();
        }
        return oldest;
    }

    /** The documented window: the sender died, stood still or lost its database between the two. */
    private boolean struck(Instant from, Instant to) {
        return faults.stream()
                        .anyMatch(it -> it.struck()
                                && (it.target().startsWith("gateway-service")
                                        || it.target().equals("postgres"))
                                && it.at().isAfter(from)
                                && it.at().isBefore(to))
                || away.stream()
                        .anyMatch(it -> it.what().contains("postgres")
                                && it.from().isBefore(to)
                                && it.at().isAfter(from));
    }
}
