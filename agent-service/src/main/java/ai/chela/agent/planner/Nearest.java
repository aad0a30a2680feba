package ai.chela.agent.planner;

import ai.chela.agent.planner.grammar.Form;
import ai.chela.agent.planner.grammar.Token;
import ai.chela.agent.planner.grammar.Utterance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The forms that share most with a message, rare words counting more. */
final class Nearest {
    private record Known(String shown, Set<String> words) {}

    private record Scored(Known form, double score) {}

    private static final int LOOKED_AT = 200;

    private final Map<String, List<Known>> forms = Map.of("en", new ArrayList<>(), "zh", new ArrayList<>());
    private final Map<String, Integer> counts = new HashMap<>();

    Nearest(List<Domain> domains) {
        for (Domain domain : domains)
            for (Task task : domain.tasks().values())
                for (Method method : task.methods())
                    if (!method.fallback() && method.ask() == null)
                        method.forms().forEach(this::add);
    }

    private void add(Form form) {
        Set<String> words = words(Utterance.of(form.shown()));
        List<Known> known = forms.get(form.language());
        if (words.isEmpty() || known == null) return;
        known.add(new Known(form.shown(), words));
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
    }

    private static Set<String> words(Utterance said) {
        Set<String> words = new HashSet<>();
        for (Token token : said.tokens().subList(0, Math.min(LOOKED_AT, said.size())))
            if (token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.HAN) words.add(token.text());
        return words;
    }

    /** At most two, the nearest first. */
    List<String> to(Utterance said, String language) {
        Set<String> words = words(said);
        return forms.getOrDefault(language, List.of()).stream()
                .map(form -> new Scored(form, score(form, words)))
                .sorted(Comparator.comparingDouble((Scored scored) -> -scored.score()))
                .map(scored -> scored.form().shown())
                .distinct()
                .limit(2)
                .toList();
    }

    private double score(Known form, Set<String> words) {
        double shared = 0;
        double all = 0;
        for (String word : form.words()) {
            double weight = 1.0 / counts.getOrDefault(word, 1);
            all += weight;
            if (words.contains(word)) shared += weight;
        }
        return shared / Math.sqrt(all + 0.2);
    }
}
