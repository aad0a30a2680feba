package ai.chela.agent.planner;

import ai.chela.agent.planner.date.WhenReader;
import ai.chela.agent.planner.grammar.Saying;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans messages. The same request gives the same plan; threads may share one planner.
 *
 * <p>It acts only when the grammar accounts for every word but free text after a delimiter. When free text contains,
 * after a connector, what would be a request by itself ("to check the backup and cancel t-3"), or when a message can be
 * taken apart in ways that do different things, it asks; quotation marks around the text settle it. "to update the board
 * and send the report" is one text, because "send the report" is no request that it knows.
 */
public final class Planner {
    /** Longer messages are not planned. */
    private static final int LONGEST = 65_536;

    private static final int SHOWN = 200;

    private static final Saying SEVERAL = new Saying(
            "Is that one request or several? Put the text that belongs together in quotation marks, or send the requests"
                    + " one by one.",
            "这是一件事还是几件事？请把属于同一件事的内容放进引号里，或者分开发送。");

    private final List<Domain> domains;
    private final Map<String, Domain> byName;
    private final Nearest nearest;

    /**
     * @param domains later ones win where two take the same words
     * @throws IllegalArgumentException when {@link Domains#problems} finds any
     */
    public Planner(List<Domain> domains) {
        List<Domain.Problem> problems = Domains.problems(domains);
        if (!problems.isEmpty()) throw new IllegalArgumentException(problems.toString());
        this.domains = List.copyOf(domains);
        Map<String, Domain> names = new LinkedHashMap<>();
        for (Domain domain : domains) names.put(domain.name(), domain);
        this.byName = names;
        this.nearest = new Nearest(domains);
    }

    public Planned plan(Request request) {
        String spoken = Languages.of(request.text(), request.language());
        String language = request.answerIn() == null ? spoken : request.answerIn();
        if (request.text().length() > LONGEST)
            return new Planned.NotUnderstood(cut(request.text()), List.of(), language);
        Utterance said = Utterance.of(request.text());
        Search search = search(request, said);
        return understood(search, language)
                .orElseGet(() -> new Planned.NotUnderstood(
                        missed(search, said), nearest(request, said, search, spoken), language));
    }

    private Search search(Request request, Utterance said) {
        return new Search(
                said, domains, new Decomposer(byName, request), new WhenReader(said, request.now(), request.zone()));
    }

    private static Optional<Planned> understood(Search search, String language) {
        List<List<Hit>> ways = search.all();
        if (!ways.isEmpty()) return Optional.of(chosen(search, ways, language));
        return search.fallback().map(hit -> plan(List.of(hit), language));
    }

    private List<String> nearest(Request request, Utterance said, Search search, String language) {
        Map<String, Optional<String>> found = new HashMap<>();
        return nearest.to(
                said,
                language,
                request.holds(),
                (domain, type) -> found.computeIfAbsent(
                                domain.choices().containsKey(type) ? domain.name() + " " + type : type,
                                _ -> Optional.ofNullable(search.value(domain, type, language)))
                        .orElse(null),
                example -> works(request, example, language));
    }

    private boolean works(Request request, String example, String language) {
        Request typed = new Request(example, request.zone(), language, request.now(), request.holds());
        return Languages.of(example, language).equals(language)
                && understood(search(typed, Utterance.of(example)), language).orElse(null) instanceof Planned.Plan;
    }

    private static Planned chosen(Search search, List<List<Hit>> ways, String language) {
        List<Hit> first = ways.getFirst();
        boolean closed = first.size() == 1 && !first.getFirst().open();
        boolean differ =
                !closed && ways.stream().map(Planner::effect).distinct().count() > 1;
        if (differ || first.stream().anyMatch(search::swallows))
            return new Planned.Question(SEVERAL.in(language), language);
        return plan(first, language);
    }

    private static List<Object> effect(List<Hit> way) {
        List<Object> effect = new ArrayList<>();
        for (Hit hit : way)
            if (hit.ask().isPresent()) effect.add(hit.ask().get());
            else effect.addAll(hit.outcome().operations());
        return effect;
    }

    private static Planned plan(List<Hit> hits, String language) {
        List<Derivation.Node> roots = new ArrayList<>();
        List<Saying> notes = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        for (Hit hit : hits) {
            Optional<Saying> ask = hit.ask();
            if (ask.isPresent()) return new Planned.Question(ask.get().in(language), language);
            roots.add(hit.outcome().node());
            notes.addAll(hit.outcome().notes());
            operations.addAll(hit.outcome().operations());
        }
        return new Planned.Plan(operations, new Derivation(roots, notes), language);
    }

    /** The stretch between the requests at both ends that were understood. */
    private static String missed(Search search, Utterance said) {
        int from = 0;
        int to = said.size();
        if (said.source().length() > MessageSlots.LONG) return cut(said.source());
        List<Connectors.Between> splits = search.connectors().splits();
        for (Connectors.Between between : splits)
            if (search.single(from, between.from()).isPresent()) from = between.to();
        for (int i = splits.size() - 1; i >= 0; i--) {
            Connectors.Between between = splits.get(i);
            if (between.from() > from && search.single(between.to(), to).isPresent()) to = between.from();
        }
        return cut(said.verbatim(from, to));
    }

    private static String cut(String text) {
        String bare = text.strip();
        if (bare.length() <= SHOWN) return bare;
        int end = Character.isHighSurrogate(bare.charAt(SHOWN - 2)) ? SHOWN - 2 : SHOWN - 1;
        return bare.substring(0, end) + "…";
    }
}
