package ai.chela.memory.backup;

import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.crypto.ScopeKeys;
import ai.chela.memory.crypto.WrongKeyException;
import ai.chela.memory.operator.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What another run's keys of tenants and scopes mean for the keys of memories that earlier runs wrote: a set holds the keys of
 * tenants and scopes of its last run only, so what others wrapped is wrapped anew, or the run is refused.
 *
 * @param before the keys of the run before
 * @param now those of this run
 * @param scopes names of the scopes' keys of which another one wraps now
 */
record HeadChange(OpenKeys before, OpenKeys now, Set<String> scopes) {
    private static final HeadChange NONE = new HeadChange(new OpenKeys(), new OpenKeys(), Set.of());

    /**
     * Compares two heads. Keys are unwrapped only where a row is another one: a scope's key that is stored as it was is the same
     * key, whatever master key is at hand.
     *
     * @throws Refusal when a scope of the earlier runs has no key any more, or the former keys cannot be opened: then this run
     *     would make them unreadable
     */
    static HeadChange of(Path before, Path now, Supplier<MasterKeys> masters) throws IOException {
        Map<String, String> earlier = stored(before);
        Map<String, String> later = stored(now);
        if (!later.keySet().containsAll(earlier.keySet()))
            throw new Refusal(
                    "The database does not have the keys of the memories in this backup: it is that of another installation."
                            + " Restore the backup first, or name another folder.",
                    "数据库中没有该备份里记忆的密钥：它属于另一个安装。请先恢复该备份，或指定另一个目录。");
        if (earlier.entrySet().stream().allMatch(each -> each.getValue().equals(later.get(each.getKey())))) return NONE;
        OpenKeys former = opened(before, masters.get());
        OpenKeys fresh = OpenKeys.of(now, masters.get());
        Set<String> scopes = new TreeSet<>();
        former.scopes().forEach((name, keys) -> {
            if (!sameKeys(keys, Objects.requireNonNull(fresh.scopes().get(name)))) scopes.add(name);
        });
        return new HeadChange(former, fresh, scopes);
    }

    private static OpenKeys opened(Path before, MasterKeys masters) throws IOException {
        try {
            return OpenKeys.of(before, masters);
        } catch (Refusal refusal) {
            throw new Refusal(
                    "Another key wraps the memories now, and those that earlier runs wrote cannot be wrapped with it: %s"
                            + " Put the former master key back behind the present one, restore the backup first, or name"
                            + " another folder.",
                    "记忆现由另一个密钥包裹，而之前各次备份的内容无法改由它包裹：%s 请把旧主密钥放回当前主密钥之后，或先恢复该备份，或指定另一个目录。",
                    String.valueOf(refusal.getMessage()));
        }
    }

    /** Each scope's key as it is stored, with what stands beside it while it is being renewed. */
    private static Map<String, String> stored(Path head) throws IOException {
        Map<String, String> scopes = new HashMap<>();
        Map<String, String> former = new HashMap<>();
        try (LineReader reader = new LineReader(head)) {
            for (JsonNode line = reader.next(); line != null; line = reader.next()) {
                JsonNode row = line.path("row");
                String name = KeyNames.scopeKey(
                        row.path("tenant").asText(), row.path("scope").asText());
                // of a key that is only wanted anew there is no former one
                String wrapped =
                        row.path("wrapped").isTextual() ? row.path("wrapped").asText() : "";
                switch (line.path("table").asText()) {
                    case Tables.SCOPE_KEY -> scopes.put(name, wrapped);
                    case Tables.KEY_RENEWAL -> former.put(name, wrapped);
                    default -> {} // a tenant's key says nothing of which key a scope has
                }
            }
        }
        scopes.replaceAll((name, wrapped) -> wrapped + " " + former.getOrDefault(name, ""));
        return scopes;
    }

    /** Whether what the one wrapped opens with the other. */
    private static boolean sameKeys(ScopeKeys before, ScopeKeys now) {
        return same(before, before.generation(), now)
                && (before.former() == null || same(before, before.formerGeneration(), now));
    }

    private static boolean same(ScopeKeys before, long generation, ScopeKeys now) {
        return now.opens(generation) && Arrays.equals(before.under(generation), now.under(generation));
    }

    boolean none() {
        return scopes.isEmpty();
    }

    /**
     * The line of a memory's key as it is to be now.
     *
     * @throws Refusal when it does not open with the keys of its run
     */
    String line(JsonNode fact, JsonNode key) {
        String scope = KeyNames.scopeKey(
                fact.path("tenant").asText(), fact.path("scope").asText());
        if (!scopes.contains(scope)) return key.toString();
        try {
            return before.wrappedBy(now, fact, key);
        } catch (WrongKeyException e) {
            throw new Refusal("A memory %s.", "记忆 %s。", String.valueOf(e.getMessage()));
        }
    }
}
