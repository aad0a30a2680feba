package ai.chela.memory.backup;

import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.crypto.MasterKey;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.crypto.WrongKeyException;
import ai.chela.memory.operator.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The keys of tenants and scopes of a backup, unwrapped: proof that its memories can be read. */
final class OpenKeys {
    private final Map<String, byte[]> tenants = new HashMap<>();
    private final Map<String, byte[]> scopes = new HashMap<>();

    /**
     * Unwraps all of them.
     *
     * @throws Refusal when none of the master keys is the one that wrapped a tenant's key, or something does not open
     */
    static OpenKeys of(Path head, MasterKeys masters) throws IOException {
        OpenKeys keys = new OpenKeys();
        try (LineReader reader = new LineReader(head)) {
            for (JsonNode line = reader.next(); line != null; line = reader.next()) {
                JsonNode row = line.path("row");
                if (line.path("table").asText().equals(Tables.TENANT_KEY)) keys.openTenant(row, masters);
                else keys.openScope(row);
            }
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
        tenants.put(tenant, master.unwrap(KeyNames.tenantKey(tenant), bytes(row.path("wrapped"))));
    }

    private void openScope(JsonNode row) {
        String tenant = row.path("tenant").asText();
        String name = KeyNames.scopeKey(tenant, row.path("scope").asText());
        byte[] tenantKey = tenants.get(tenant);
        if (tenantKey == null) throw new WrongKeyException(name, null);
        scopes.put(name, Aes.open(tenantKey, name, bytes(row.path("wrapped"))));
    }

    /** Opens a memory and throws its text away; a {@link WrongKeyException} when it does not open. */
    void open(JsonNode fact, JsonNode key) {
        String tenant = fact.path("tenant").asText();
        String id = fact.path("id").asText();
        String scope = KeyNames.scopeKey(tenant, fact.path("scope").asText());
        byte[] scopeKey = scopes.get(scope);
        if (scopeKey == null) throw new WrongKeyException(scope, null);
        byte[] own = Aes.open(scopeKey, KeyNames.memoryKey(tenant, id), bytes(key.path("wrapped")));
        byte[] body = Aes.open(own, KeyNames.body(tenant, id), bytes(fact.path("body")));
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
