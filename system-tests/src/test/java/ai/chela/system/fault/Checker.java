package ai.chela.system.fault;

import ai.chela.system.fault.Entry.Accepted;
import ai.chela.system.fault.Entry.Away;
import ai.chela.system.fault.Entry.Fault;
import ai.chela.system.fault.Entry.Left;
import ai.chela.system.fault.Entry.Memories;
import ai.chela.system.fault.Entry.ModelAsked;
import ai.chela.system.fault.Entry.Offered;
import ai.chela.system.fault.Entry.Promised;
import ai.chela.system.fault.Entry.Ran;
import ai.chela.system.fault.Entry.Refused;
import ai.chela.system.fault.Entry.Remembered;
import ai.chela.system.fault.Entry.Seen;
import ai.chela.system.fault.Entry.Stored;
import ai.chela.system.fault.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Journals in, verdict out. Knows nothing of the system but what people outside of it wrote down. */
final class Checker {
    private static final int TAKEN = 202;
    private static final int UNAVAILABLE = 503;
    /** As the API's documentation says, and a second for the way. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(6);

    /** As the documentation of tools says: a call that has not begun by then is not begun. */
    private static final Duration TOOL_TIME = Duration.ofSeconds(120);

    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(10);

    private final List<Entry> journal;
    private final List<Finding> findings = new ArrayList<>();

    private Checker(List<Entry> journal) {
        this.journal = journal.stream().sorted(Comparator.comparing(Entry::at)).toList();
    }

    /**
     * Compares the journals of a run that has ended.
     *
     * @param planned how many faults were to strike
     */
    static Verdict check(List<Entry> journal, int planned) {
        Checker checker = new Checker(journal);
        Map<String, List<Accepted>> accepted = checker.of(Accepted.class).stream()
                .collect(Collectors.groupingBy(Accepted::conversation, TreeMap::new, Collectors.toList()));
        Map<String, List<Seen>> seen = checker.of(Seen.class).stream()
                .collect(Collectors.groupingBy(Seen::conversation, TreeMap::new, Collectors.toList()));
        // what was told over HTTP, and what was heard in chats; only the first says what it answers
        Heard heard = Heard.read(checker.journal);
        Map<String, List<Seen>> overHttp = Map.copyOf(seen);
        seen.putAll(heard.seen());
        for (Refused refused : checker.of(Refused.class))
            checker.found(Kind.NOT_ACCEPTED, refused.conversation(), refused.id() + ": " + refused.reason());
        accepted.forEach((name, messages) -> checker.conversation(name, messages, seen.getOrDefault(name, List.of())));
        checker.triggers(seen);
        checker.lateOutcomes(seen);
        checker.stored(seen);
        checker.memories(seen);
        checker.steps();
        checker.findings.addAll(Commands.check(checker.journal, seen));
        checker.outages();
        checker.of(Entry.Gone.class).forEach(it -> checker.found(Kind.GONE, it.target(), "did not come back"));
        int landed = checker.faults(waits(accepted, seen), planned);
        return new Verdict(
                List.copyOf(checker.findings),
                checker.of(Accepted.class).size(),
                checker.failures(seen),
                (int) checker.of(Seen.class).stream().filter(Seen::isUnsure).count(),
                checker.of(Promised.class).size(),
                checker.of(Ran.class).size(),
                heard.marked(),
                heard.repeats(),
                landed,
                checker.recoveries(waits(accepted, overHttp)),
                checker.recoveries(waits(accepted, heard.seen())),
                checker.of(Left.class).stream().map(Left::took).sorted().toList());
    }

    private <T extends Entry> List<T> of(Class<T> kind) {
        return journal.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void found(Kind kind, String where, String what) {
        findings.add(new Finding(kind, where, what));
    }

    /** Each answered once, with the right words, in order. */
    private void conversation(String name, List<Accepted> messages, List<Seen> seen) {
        Map<String, List<Seen>> answers = new HashMap<>();
        for (Seen event : byNumber(seen))
            if (event.isAnswer())
                answers.computeIfAbsent(String.valueOf(event.inReplyTo()), _ -> new ArrayList<>())
                        .add(event);
        long last = 0;
        for (Accepted message :
                messages.stream().sorted(Comparator.comparing(Accepted::number)).toList()) {
            List<Seen> mine = Objects.requireNonNullElse(answers.remove(message.id()), List.of());
            if (mine.isEmpty()) {
                found(Kind.LOST, name, message.id() + " has no answer");
                continue;
            }
            Seen first = mine.getFirst();
            if (mine.size() > 1) again(name, message.id(), mine);
            if (first.kind().equals("reply")
                    && !first.isUnsure()
                    && !isLate(message, first)
                    && !first.text().contains(message.expected()))
                found(Kind.WRONG, name, message.id() + " should say \"" + message.expected() + "\": " + first.text());
            if (message.number() == 0) continue;
            if (first.event() < last) found(Kind.OUT_OF_ORDER, name, message.id() + " is event " + first.event());
            last = Math.max(last, first.event());
        }
        answers.keySet().forEach(id -> found(Kind.UNASKED, name, "an answer to " + id));
    }

    /** A tool must not begin after its time, and says so: a visible failure, but not before that time is over. */
    private static boolean isLate(Accepted message, Seen answer) {
        return answer.text().contains("It was not run: the time for ")
                && Duration.between(message.at(), answer.at()).compareTo(TOOL_TIME) >= 0;
    }

    /** What was seen, once per number: the same event on another stream is the same. */
    private static List<Seen> byNumber(List<Seen> seen) {
        Map<Long, Seen> events = new TreeMap<>();
        for (Seen event : seen) events.putIfAbsent(event.event(), event);
        return List.copyOf(events.values());
    }

    private void again(String name, String id, List<Seen> answers) {
        boolean same = answers.stream().map(Seen::text).distinct().count() == 1;
        found(
                same ? Kind.DOUBLED : Kind.CONTRADICTED,
                name,
                id + " has " + answers.size() + " answers, events "
                        + answers.stream().map(Seen::event).toList());
    }

    /** What was not known is told once when it is. */
    private void lateOutcomes(Map<String, List<Seen>> seen) {
        seen.forEach((name, events) -> byNumber(events).stream()
                .filter(Seen::isLateOutcome)
                .collect(Collectors.groupingBy(Seen::text, Collectors.counting()))
                .forEach((text, times) -> {
                    if (times > 1) found(Kind.FIRED_AGAIN, name, text + " came " + times + " times");
                }));
    }

    private void triggers(Map<String, List<Seen>> seen) {
        Map<String, List<Promised>> promises =
                of(Promised.class).stream().collect(Collectors.groupingBy(Promised::conversation));
        seen.forEach((name, events) -> {
            List<Promised> mine = promises.getOrDefault(name, List.of());
            for (Seen event : byNumber(events))
                if (event.isByItself()
                        && !event.isLateOutcome()
                        && mine.stream().noneMatch(it -> event.text().contains(it.sign())))
                    found(Kind.UNASKED, name, "event " + event.event() + ": " + event.text());
        });
        promises.forEach((name, mine) -> {
            List<Seen> byItself = byNumber(seen.getOrDefault(name, List.of())).stream()
                    .filter(Seen::isByItself)
                    .toList();
            mine.stream()
                    .collect(Collectors.groupingBy(Promised::sign, TreeMap::new, Collectors.counting()))
                    .forEach((sign, said) -> {
                        long due = said
                                - byItself.stream()
                                        .filter(it -> Seen.takesBack(it.text(), sign))
                                        .count();
                        long times = byItself.stream()
                                .filter(it -> !it.isLateOutcome() && it.text().contains(sign))
                                .count();
                        String what = sign + " came " + times + " times, and was due " + due;
                        if (times < due) found(Kind.NEVER_FIRED, name, what);
                        if (times > due) found(Kind.FIRED_AGAIN, name, what);
                    });
        });
    }

    /** Every stream brings every event once and in order, and every gateway tells the same afterwards. */
    private void stored(Map<String, List<Seen>> seen) {
        for (Stored stored : of(Stored.class)) {
            List<String> there = stored.events().stream().map(Checker::compared).toList();
            List<String> came = seen.getOrDefault(stored.conversation(), List.of()).stream()
                    .filter(it -> !it.kind().equals("step"))
                    .map(Checker::compared)
                    .toList();
            if (!there.equals(came))
                found(
                        Kind.STREAM,
                        stored.conversation(),
                        "the stream brought " + difference(came, there) + " that " + stored.gateway()
                                + " does not tell, and not " + difference(there, came));
        }
    }

    private static String compared(Seen event) {
        return event.event() + " " + event.kind() + " " + event.inReplyTo() + " " + event.text();
    }

    private static String difference(List<String> one, List<String> other) {
        List<String> left = new ArrayList<>(one);
        other.forEach(left::remove);
        return left.isEmpty() && one.size() == other.size() ? "another order" : left.toString();
    }

    /** Each was remembered once; what failed or was lost may have been, once. The list holds the newest only, the total all. */
    private void memories(Map<String, List<Seen>> seen) {
        List<Memories> looked = of(Memories.class);
        if (looked.isEmpty()) return;
        Memories last = looked.getLast();
        List<Remembered> asked = of(Remembered.class);
        for (Remembered one : asked) {
            long times =
                    last.texts().stream().filter(it -> it.contains(one.sign())).count();
            if (times > 1) found(Kind.EFFECT, one.conversation(), one.sign() + " is remembered " + times + " times");
        }
        long unsure = asked.stream()
                .filter(it -> seen.getOrDefault(it.conversation(), List.of()).stream()
                        .noneMatch(event -> it.id().equals(event.inReplyTo())
                                && event.kind().equals("reply")
                                && !event.isUnsure()))
                .count();
        if (last.total() > asked.size() || last.total() < asked.size() - unsure)
            found(
                    Kind.EFFECT,
                    "memories",
                    last.total() + " are remembered, " + asked.size() + " were asked for, of which " + unsure
                            + " without a reply");
    }

    /** A model is asked again for what was under way, never for a round that is over: a later one was asked already. */
    private void steps() {
        Map<String, Integer> latest = new HashMap<>();
        for (ModelAsked asked : of(ModelAsked.class)) {
            int before = latest.merge(asked.sign(), asked.round(), Math::max);
            if (asked.round() < before)
                found(
                        Kind.STEP_REPEATED,
                        asked.sign(),
                        "round " + asked.round() + " was asked again after round " + before);
        }
    }

    /** While something is away a gateway takes a message or says in time when to try again; who is told to stop leaves. */
    private void outages() {
        for (Away away : of(Away.class))
            for (Offered offered : of(Offered.class)) {
                if (offered.began().isBefore(away.from()) || offered.began().isAfter(away.at())) continue;
                Duration took = Duration.between(offered.began(), offered.at());
                boolean told = offered.status() == TAKEN || (offered.status() == UNAVAILABLE && offered.later());
                if (!told || took.compareTo(TOLD_WITHIN) > 0)
                    found(
                            Kind.UNTOLD,
                            away.what(),
                            offered.gateway() + " answered "
                                    + (offered.status() == 0 ? "nothing" : "status " + offered.status()) + " after "
                                    + took.toMillis() + " ms");
            }
        for (Left left : of(Left.class))
            if (left.took().compareTo(LEAVES_WITHIN) > 0)
                found(Kind.SLOW_TO_LEAVE, left.target(), left.took().toMillis() + " ms");
    }

    /**
     * How many faults struck in a window: at a named point, or while a message was accepted and not answered. Fewer than
     * planned: the run proves less than it says.
     */
    private int faults(List<Wait> waits, int planned) {
        int landed = 0;
        for (Fault fault : of(Fault.class))
            if (fault.struck()
                    && (fault.point() != null || !affected(fault.at(), waits).isEmpty())) landed++;
        if (landed < planned) found(Kind.MISSED, "faults", landed + " of " + planned + " struck in a window");
        return landed;
    }

    /** From each fault to the next answer in each conversation that was waiting for one then. */
    private List<Duration> recoveries(List<Wait> waits) {
        List<Duration> all = new ArrayList<>();
        for (Fault fault : of(Fault.class))
            if (fault.struck())
                for (Instant next : affected(fault.at(), waits).values()) all.add(Duration.between(fault.at(), next));
        all.sort(Comparator.naturalOrder());
        return all;
    }

    /** A message that was accepted, up to its first answer. */
    private record Wait(String conversation, Instant from, Instant to) {}

    private static List<Wait> waits(Map<String, List<Accepted>> accepted, Map<String, List<Seen>> seen) {
        List<Wait> waits = new ArrayList<>();
        accepted.forEach((name, messages) -> {
            Map<String, Instant> answered = new HashMap<>();
            for (Seen event : seen.getOrDefault(name, List.of()))
                if (event.isAnswer()) answered.putIfAbsent(String.valueOf(event.inReplyTo()), event.at());
            for (Accepted message : messages)
                if (answered.get(message.id()) instanceof Instant answer)
                    waits.add(new Wait(name, message.at(), answer));
        });
        return waits;
    }

    /** The conversations that waited for an answer at a time, each with the time of the next one. */
    private static Map<String, Instant> affected(Instant at, List<Wait> waits) {
        Map<String, Instant> affected = new TreeMap<>();
        for (Wait wait : waits)
            if (!wait.from().isAfter(at) && wait.to().isAfter(at))
                affected.merge(wait.conversation(), wait.to(), (one, other) -> one.isBefore(other) ? one : other);
        return affected;
    }

    private Map<String, Integer> failures(Map<String, List<Seen>> seen) {
        Map<String, Integer> failures = new TreeMap<>();
        for (List<Seen> events : seen.values())
            for (Seen event : byNumber(events)) {
                if (!event.isAnswer()) continue;
                if (event.kind().equals("failed")) failures.merge(String.valueOf(event.code()), 1, Integer::sum);
                if (event.text().contains("It was not run: the time for "))
                    failures.merge("tool.late", 1, Integer::sum);
            }
        return failures;
    }
}
