package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a person may have meant by a message that is not understood, as sentences to type next. Ranked by the words that a
 * form shares with the message, rare ones counting more, slips of the pen somewhat less, and by whether the message holds
 * what its gaps need, such as a time or an address.
 */
final class Nearest {
    /** Reads a value of a slot type from the message, wherever it stands; null when there is none. */
    interface Values {
        @Nullable
        String find(Domain domain, String type);
    }

    private record Known(Domain domain, Method method, Form form, Set<String> terms, Set<String> sample) {}

    private record Scored(Known known, double score) {}

    private static final Set<String> FREE =
            Set.of("text", "phrase", "whether", "question", "query", "value", "quoted", "shell", "command");
    private static final int SHOWN = 2;
    /** How many of the best are tried out before others are given up. */
    private static final int TRIED = 12;

    private static final int SLIPS = 40;
    private static final double SLIP = 0.8;
    private static final double OPTIONAL = 0.6;
    private static final double BEGINS = 1.4;
    private static final double FITS = 0.35;
    private static final double LACKS = 0.15;

    private final Map<String, List<Known>> forms = Map.of("en", new ArrayList<>(), "zh", new ArrayList<>());
    private final Map<String, Integer> counts = new HashMap<>();
    /** Whether the usual example of a form is understood, by what holds; at most one per form and set of facts. */
    private final Map<String, Boolean> usable = new ConcurrentHashMap<>();

    Nearest(List<Domain> domains) {
        for (Domain domain : domains)
            for (Task task : domain.tasks().values())
                for (Method method : task.methods())
                    if (!method.fallback() && method.ask() == null) add(domain, method);
    }

    private void add(Domain domain, Method method) {
        Set<String> terms = new HashSet<>();
        for (Form form : method.forms()) {
            terms.addAll(Terms.of(form));
            add(domain, method, form);
        }
        terms.forEach(term -> counts.merge(term, 1, Integer::sum));
    }

    private void add(Domain domain, Method method, Form form) {
        List<Known> known = forms.get(form.language());
        Set<String> terms = Terms.of(form);
        if (terms.isEmpty() || known == null) return;
        StringBuilder words = new StringBuilder();
        for (Form.Sample part : form.sample())
            words.append(part instanceof Form.Sample.Words(String text) ? text : " , ");
        known.add(new Known(domain, method, form, terms, Terms.of(Utterance.of(words.toString()))));
    }

    /**
     * At most two, the nearest first, of different methods.
     *
     * @param holds the facts that hold
     * @param works whether a sentence, as it is, would be understood now
     */
    List<String> to(Utterance said, String language, Set<String> holds, Values values, Predicate<String> works) {
        Map<String, Double> terms = meant(Terms.of(said));
        List<Known> ranked = forms.getOrDefault(language, List.of()).stream()
                .map(known -> new Scored(known, score(known, said, terms, values)))
                .sorted(Comparator.comparingDouble((Scored scored) -> -scored.score()))
                .map(Scored::known)
                .toList();
        Set<String> shown = new LinkedHashSet<>();
        // by identity: hashing a method would walk every way through its forms
        Set<Method> methods = Collections.newSetFromMap(new IdentityHashMap<>());
        int tried = 0;
        for (Known known : ranked) {
            if (shown.size() == SHOWN || tried >= TRIED) break;
            if (methods.contains(known.method())) continue;
            tried++;
            String example = example(known, holds, values, works);
            if (example != null && shown.add(example)) methods.add(known.method());
        }
        return List.copyOf(shown);
    }

    private @Nullable String example(Known known, Set<String> holds, Values values, Predicate<String> works) {
        Map<String, Domain.Choice> choices = known.domain().choices();
        String usual = Examples.of(known.form(), choices, _ -> null);
        String own = Examples.of(
                known.form(), choices, type -> FREE.contains(type) ? null : values.find(known.domain(), type));
        if (!own.equals(usual) && works.test(own)) return own;
        String key = new TreeSet<>(holds) + " " + usual;
        return usable.computeIfAbsent(key, _ -> works.test(usual)) ? usual : null;
    }

    /** The terms of a message that forms know, with what each is worth; a slip is worth less than the word. */
    private Map<String, Double> meant(Set<String> terms) {
        Map<String, Double> meant = new HashMap<>();
        int slips = 0;
        for (String term : terms) {
            if (counts.containsKey(term)) meant.put(term, 1.0);
            else if (slips++ < SLIPS)
                for (String known : counts.keySet()) if (Terms.isSlip(term, known)) meant.merge(known, SLIP, Math::max);
        }
        return meant;
    }

    private double score(Known known, Utterance said, Map<String, Double> meant, Values values) {
        double shared = 0;
        for (Map.Entry<String, Double> term : meant.entrySet()) {
            double worth = term.getValue() * weight(term.getKey());
            if (known.sample().contains(term.getKey())) shared += worth;
            else if (known.terms().contains(term.getKey())) shared += OPTIONAL * worth;
        }
        if (shared == 0) return 0;
        double all = known.sample().stream().mapToDouble(this::weight).sum();
        boolean begins =
                said.size() > 0 && known.form().first().contains(said.at(0).text());
        return shared / Math.sqrt(all + 1) * fit(known, values) * (begins ? BEGINS : 1);
    }

    private double weight(String term) {
        return Math.log(1 + 60.0 / counts.getOrDefault(term, 1));
    }

    private static double fit(Known known, Values values) {
        double fit = 1;
        for (Form.Sample part : known.form().sample())
            if (part instanceof Form.Sample.Gap(String _, String type) && !FREE.contains(type))
                fit += values.find(known.domain(), type) == null ? -LACKS : FITS;
        return Math.max(fit, 0.3);
    }
}
