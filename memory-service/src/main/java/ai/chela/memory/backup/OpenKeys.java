package ai.chela.memory.backup;

import ai.chela.kit.wire.WireJson;
import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKey;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.crypto.ScopeKeys;
import ai.chela.memory.crypto.WrongKeyException;
import ai.chela.memory.operator.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of tenants and scopes of a backup, unwrapped: proof that its memories can be read. */
final class OpenKeys {
    private record TenantKeys(long generation, byte[] key, long formerGeneration, byte @Nullable [] former) {
        byte[] under(long wanted, String name) {
            if (wanted == generation) return key;
            if (former == null || wanted != formerGeneration) throw new WrongKeyException(name, null);
            return former;
        }
    }

    private final Map<String, TenantKeys> tenants = new HashMap<>();
    private final Map<String, ScopeKeys> scopes = new LinkedHashMap<>();

    /** Former keys that are being replaced, by tenant and scope. */
    private final Map<List<String>, JsonNode> renewals = new HashMap<>();

    /**
     * Unwraps all of them.
     *
     * @throws Refusal when none of the master keys is the one that wrapped a tenant's key, or something does not open
     */
    static OpenKeys of(Path head, MasterKeys masters) throws IOException {
        OpenKeys keys = new OpenKeys();
        Map<String, List<JsonNode>> rows = new HashMap<>();
        try (LineReader reader = new LineReader(head)) {
            for (JsonNode line = reader.next(); line != null; line = reader.next())
                rows.computeIfAbsent(line.path("table").asText(), _ -> new ArrayList<>())
                        .add(line.path("row"));
            for (JsonNode row : rows.getOrDefault(Tables.KEY_RENEWAL, List.of()))
                if (row.path("wrapped").isTextual())
                    keys.renewals.put(
                            List.of(
                                    row.path("tenant").asText(),
                                    row.path("scope").asText()),
                            row);
            for (JsonNode row : rows.getOrDefault(Tables.TENANT_KEY, List.of())) keys.openTenant(row, masters);
            for (JsonNode row : rows.getOrDefault(Tables.SCOPE_KEY, List.of())) keys.openScope(row);
        } catch (WrongKeyException e) {
            throw new Refusal("%s: a key %s.", "%s：密钥 %s。", head, String.valueOf(e.getMessage()));
        }
        return keys;
    }

    private void openTenant(JsonNode row, MasterKeys masters) {
        String tenant = row.path("tenant").asText();
        String id = row.path("master_id").asText();
        MasterKey master = masters.named(id);
        if (master == null)
            throw new Refusal(
                    "The master key of this backup (id %s) is not where CHELA_MASTER_KEY points: there is %s."
                            + " Nobody can read it without that key.",
                    "CHELA_MASTER_KEY 指向的位置没有该备份的主密钥（标识 %s），那里是 %s。没有它任何人都无法读取该备份。",
                    id,
                    String.join(", ", masters.ids()));
        byte[] key = master.unwrap(KeyNames.tenantKey(tenant), bytes(row.path("wrapped")));
        JsonNode former = renewals.get(List.of(tenant, ""));
        long generation = former == null ? 0 : former.path("generation").asLong();
        tenants.put(
                tenant,
                new TenantKeys(
                        row.path("generation").asLong(1),
                        key,
                        generation,
                        former == null
                                ? null
                                : Aes.open(
                                        key,
                                        KeyNames.formerTenantKey(tenant, generation),
                                        bytes(former.path("wrapped")))));
    }

    private void openScope(JsonNode row) {
        String tenant = row.path("tenant").asText();
        String scope = row.path("scope").asText();
        String name = KeyNames.scopeKey(tenant, scope);
        TenantKeys above = tenants.get(tenant);
        if (above == null) throw new WrongKeyException(name, null);
        byte[] key = Aes.open(above.under(row.path("under").asLong(1), name), name, bytes(row.path("wrapped")));
        long generation = row.path("generation").asLong(1);
        JsonNode former = renewals.get(List.of(tenant, scope));
        if (former == null) {
            scopes.put(name, new ScopeKeys(generation, key));
            return;
        }
        long earlier = former.path("generation").asLong();
        scopes.put(
                name,
                new ScopeKeys(
                        generation,
                        key,
                        earlier,
                        Aes.open(key, KeyNames.formerScopeKey(tenant, scope, earlier), bytes(former.path("wrapped")))));
    }

    /** All scopes, by the names of their keys. */
    Map<String, ScopeKeys> scopes() {
        return scopes;
    }

    /** The keys of the scope that a memory is in. */
    private ScopeKeys of(JsonNode fact) {
        String scope = KeyNames.scopeKey(
                fact.path("tenant").asText(), fact.path("scope").asText());
        ScopeKeys found = scopes.get(scope);
        if (found == null) throw new WrongKeyException(scope, null);
        return found;
    }

    private byte[] own(JsonNode fact, JsonNode key) {
        String name =
                KeyNames.memoryKey(fact.path("tenant").asText(), fact.path("id").asText());
        return Aes.open(of(fact).under(key.path("under").asLong(1)), name, bytes(key.path("wrapped")));
    }

    /** A memory's key, that these open, wrapped by the key that its scope has now. */
    String wrappedBy(OpenKeys now, JsonNode fact, JsonNode key) {
        String tenant = fact.path("tenant").asText();
        String id = fact.path("id").asText();
        ScopeKeys keys = now.of(fact);
        return WireJson.mapper()
                .createObjectNode()
                .put("tenant", tenant)
                .put("memory", id)
                .put(
                        "wrapped",
                        "\\x"
                                + HexFormat.of()
                                        .formatHex(
                                                Aes.seal(keys.key(), KeyNames.memoryKey(tenant, id), own(fact, key))))
                .put("under", keys.generation())
                .toString();
    }

    /** Opens a memory and throws its text away; a {@link WrongKeyException} when it does not open. */
    void open(JsonNode fact, JsonNode key) {
        String name =
                KeyNames.body(fact.path("tenant").asText(), fact.path("id").asText());
        byte[] body = Aes.open(own(fact, key), name, bytes(fact.path("body")));
        java.util.Arrays.fill(body, (byte) 0);
    }

    private static byte[] bytes(JsonNode hex) {
        String text = hex.asText();
        if (!text.startsWith("\\x")) throw new WrongKeyException("a value that is not bytes", null);
        try {
            return HexFormat.of().parseHex(text, 2, text.length());
        } catch (IllegalArgumentException e) {
            throw new WrongKeyException("a value that is not bytes", e);
        }
    }
}
