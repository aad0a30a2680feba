package ai.chela.memory.recall;

import ai.chela.memory.fact.Scope;
import ai.chela.memory.index.Found;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an index would count, counted among facts that are at hand: where there is no index to ask. */
final class Alone {
    private Alone() {}

    static Found among(List<Prepared> facts, List<Scope> scopes, Collection<String> keys) {
        Map<Scope, Found.Counts> counts = new HashMap<>();
        for (Scope scope : scopes)
            counts.put(
                    scope,
                    counted(
                            facts.stream()
                                    .filter(each -> each.fact().scope().equals(scope))
                                    .toList(),
                            keys));
        return new Found(List.of(), counts);
    }

    private static Found.Counts counted(List<Prepared> facts, Collection<String> keys) {
        Map<String, Long> having = new HashMap<>();
        for (String key : keys)
            having.put(
                    key,
                    facts.stream()
                            .filter(each -> each.counts().containsKey(key))
                            .count());
        double length = facts.stream().mapToInt(Prepared::length).average().orElse(0);
        return new Found.Counts(facts.size(), length, having, 0);
    }
}
