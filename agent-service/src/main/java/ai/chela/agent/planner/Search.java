package ai.chela.agent.planner;

import ai.chela.agent.planner.date.WhenReader;
import ai.chela.agent.planner.grammar.Ask;
import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.FormMatcher;
import ai.chela.agent.planner.grammar.Match;
import ai.chela.agent.planner.grammar.Slots;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the methods that take a message, stretch by stretch. One search serves one message. */
final class Search implements MessageSlots.Commands {
    private static final int LONGEST_COURTESY = 9;
    private static final int MOST_PARSES = 6;
    private static final int LOOKED_AT = 60;

    /** Clear ones first, then those that account for more words, then later files, then the order in the file. */
    private static final Comparator<Hit> PREFERRED = Comparator.comparing(
                    (Hit hit) -> hit.ask().isPresent())
            .thenComparing(hit -> hit.match().free());

    private record Stretch(int from, int to, boolean deferrable) {}

    private record Trim(int from, int to, boolean marked) {}

    private final Utterance said;
    private final List<Domain> domains;
    private final Decomposer decomposer;
    private final Map<Domain, MessageSlots> slots = new HashMap<>();
    private final Map<Domain, FormMatcher> matchers = new LinkedHashMap<>();
    private final Connectors connectors;
    private final Map<Stretch, Optional<Hit>> best = new HashMap<>();
    private final Map<Stretch, List<List<Hit>>> solved = new HashMap<>();
    private int commandDepth;

    Search(Utterance said, List<Domain> domains, Decomposer decomposer, WhenReader times) {
        this.said = said;
        this.domains = domains;
        this.decomposer = decomposer;
        this.connectors = Connectors.of(said);
        for (Domain domain : domains) {
            MessageSlots read = new MessageSlots(said, times, this, domain.choices());
            slots.put(domain, read);
            matchers.put(domain, new FormMatcher(said, read));
        }
    }

    /** Every way to take the message as requests in a row, without fallbacks; those of one request first. */
    List<List<Hit>> all() {
        return solve(0, said.size(), false);
    }

    /** What takes the whole message when nothing else does. */
    Optional<Hit> fallback() {
        if (said.source().length() > MessageSlots.LONG) return Optional.empty();
        return Optional.ofNullable(matched(0, said.size(), true, true, false));
    }

    Optional<Hit> single(int from, int to) {
        return best(from, to, false);
    }

    /** The longest stretch near the start of the message that is a clear value of a slot type; null when there is none. */
    @Nullable
    String value(Domain domain, String type, String language) {
        MessageSlots read = slots.get(domain);
        if (read == null || said.source().length() > MessageSlots.LONG) return null;
        int limit = Math.min(said.size(), LOOKED_AT);
        String longest = null;
        for (int at = 0; at < limit; at++)
            for (Slots.Reading reading : read.read(type, language, at, limit, false)) {
                String text = said.verbatim(at, reading.end());
                if (!(reading.value() instanceof Ask) && (longest == null || text.length() > longest.length()))
                    longest = text;
            }
        return longest;
    }

    Connectors connectors() {
        return connectors;
    }

    /** Whether free text in {@code hit} contains what would be a request by itself after a connector. */
    boolean swallows(Hit hit) {
        for (Match.Span span : hit.match().texts()) {
            List<Connectors.Between> inside = connectors.all().stream()
                    .filter(between ->
                            between.from() > span.from() && between.to() < span.to() && span.to() - between.to() <= 100)
                    .toList();
            List<Connectors.Between> late = inside.subList(Math.max(0, inside.size() - 16), inside.size());
            for (Connectors.Between between : late)
                if (best(between.to(), span.to(), false).isPresent()
                        || !solve(between.to(), said.size(), false).isEmpty()) return true;
        }
        return false;
    }

    @Override
    public boolean deferrable(int from, int to) {
        if (commandDepth > 2) return false;
        commandDepth++;
        List<List<Hit>> ways = solve(from, to, true);
        commandDepth--;
        return !ways.isEmpty()
                && ways.getFirst().stream().allMatch(hit -> hit.ask().isEmpty() && !swallows(hit));
    }

    private List<List<Hit>> solve(int from, int to, boolean deferrable) {
        Stretch key = new Stretch(from, to, deferrable);
        List<List<Hit>> known = solved.get(key);
        if (known != null) return known;
        List<List<Hit>> ways = new ArrayList<>();
        best(from, to, deferrable).ifPresent(hit -> ways.add(List.of(hit)));
        if (said.source().length() <= MessageSlots.LONG)
            for (Connectors.Between between : connectors.splits()) {
                if (between.from() <= from || between.to() >= to || ways.size() >= MOST_PARSES) continue;
                Optional<Hit> first = best(from, between.from(), deferrable);
                if (first.isEmpty()) continue;
                for (List<Hit> rest : solve(between.to(), to, deferrable)) {
                    List<Hit> way = new ArrayList<>(List.of(first.get()));
                    way.addAll(rest);
                    if (ways.size() < MOST_PARSES) ways.add(way);
                }
            }
        solved.put(key, ways);
        return ways;
    }

    private Optional<Hit> best(int from, int to, boolean deferrable) {
        if (from >= to) return Optional.empty();
        Stretch key = new Stretch(from, to, deferrable);
        Optional<Hit> known = best.get(key);
        if (known != null) return known;
        Hit found = null;
        boolean whole = from == 0 && to == said.size();
        for (Trim trim : trims(from, to)) {
            Hit hit = matched(trim.from(), trim.to(), whole, false, deferrable);
            boolean cut = hit != null && !trim.marked() && trim.to() < to && endsInText(hit, trim.to());
            if (hit != null && !cut && (found == null || PREFERRED.compare(hit, found) < 0)) found = hit;
        }
        best.put(key, Optional.ofNullable(found));
        return Optional.ofNullable(found);
    }

    /** A courtesy right after free text may belong to the text. */
    private static boolean endsInText(Hit hit, int to) {
        return hit.match().texts().stream().anyMatch(span -> span.to() == to);
    }

    private @Nullable Hit matched(int from, int to, boolean whole, boolean fallback, boolean deferrable) {
        Hit found = null;
        for (int i = domains.size() - 1; i >= 0; i--) {
            Domain domain = domains.get(i);
            for (Task task : domain.tasks().values()) {
                if (deferrable && !task.deferrable() || task.alone() && !whole) continue;
                for (Method method : task.methods()) {
                    if (method.fallback() != fallback) continue;
                    Hit hit = matched(domain, task, method, from, to);
                    if (hit != null && (found == null || PREFERRED.compare(hit, found) < 0)) found = hit;
                }
            }
        }
        return found;
    }

    private @Nullable Hit matched(Domain domain, Task task, Method method, int from, int to) {
        if (!decomposer.holds(method)) return null;
        FormMatcher matcher = matchers.get(domain);
        if (matcher == null) return null;
        for (Form form : method.forms()) {
            if (!canStart(form, from)) continue;
            Match match = matcher.match(form, from, to);
            if (match == null) continue;
            Optional<Decomposer.Outcome> outcome = decomposer.decompose(domain, task, method, match);
            if (outcome.isPresent()) return new Hit(domain, task, method, match, outcome.get());
        }
        return null;
    }

    private boolean canStart(Form form, int at) {
        return form.first().isEmpty() || form.first().contains(said.at(at).text());
    }

    /** The stretch with and without courtesies around it. */
    private List<Trim> trims(int from, int to) {
        List<Integer> starts = new ArrayList<>(List.of(from));
        for (int round = 0; round < 3; round++) {
            int start = afterCourtesy(starts.getLast(), to);
            if (start < 0) break;
            starts.add(start);
        }
        List<Trim> trims = new ArrayList<>();
        int end = beforeCourtesy(from, to);
        for (int start : starts) {
            trims.add(new Trim(start, to, true));
            if (start > from && said.is(to - 1, "?")) trims.add(new Trim(start, to - 1, true));
            if (end > start) trims.add(new Trim(start, end, said.is(end, ",")));
        }
        return trims;
    }

    private int afterCourtesy(int from, int to) {
        for (int end = Math.min(to - 1, from + LONGEST_COURTESY); end > from; end--)
            for (Domain domain : domains)
                for (Form form : domain.around().before())
                    if (courtesy(domain, form, from, end)) return said.is(end, ",") ? end + 1 : end;
        return -1;
    }

    private int beforeCourtesy(int from, int to) {
        for (int start = Math.max(from + 1, to - LONGEST_COURTESY); start < to; start++)
            for (Domain domain : domains)
                for (Form form : domain.around().after())
                    if (courtesy(domain, form, start, to)) return said.is(start - 1, ",") ? start - 1 : start;
        return -1;
    }

    private boolean courtesy(Domain domain, Form form, int from, int to) {
        FormMatcher matcher = matchers.get(domain);
        return matcher != null && canStart(form, from) && matcher.match(form, from, to) != null;
    }
}
