package ai.chela.memory.db;

import ai.chela.kit.wire.WireJson;
import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.KeyNames;
import ai.chela.memory.fact.Told;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a fact is content, and so is stored under a key of its own. */
@RegisterForReflection // is stored as JSON
record Body(String text, String saidBy, @Nullable String corrects, List<String> tags) {
    Body {
        // what an earlier version has stored has none
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /**
     * @param wrapped the fact's key under its scope's
     * @param sealed the content under the fact's key
     */
    record Sealed(byte[] wrapped, byte[] sealed) {}

    static Sealed seal(String tenant, byte[] scopeKey, Told told) {
        byte[] key = Aes.newKey();
        Body body = new Body(told.text(), told.saidBy(), told.corrects(), told.tags());
        return new Sealed(
                Aes.seal(scopeKey, KeyNames.memoryKey(tenant, told.id()), key),
                Aes.seal(key, KeyNames.body(tenant, told.id()), WireJson.bytes(body)));
    }

    static Body open(String tenant, byte[] scopeKey, String id, byte[] wrapped, byte[] sealed) {
        byte[] key = Aes.open(scopeKey, KeyNames.memoryKey(tenant, id), wrapped);
        return WireJson.read(Aes.open(key, KeyNames.body(tenant, id), sealed), Body.class);
    }

    /** The same content with these tags, under the same key. */
    static byte[] tagged(String tenant, byte[] scopeKey, String id, byte[] wrapped, byte[] sealed, List<String> tags) {
        byte[] key = Aes.open(scopeKey, KeyNames.memoryKey(tenant, id), wrapped);
        Body body = WireJson.read(Aes.open(key, KeyNames.body(tenant, id), sealed), Body.class);
        Body changed = new Body(body.text(), body.saidBy(), body.corrects(), tags);
        return Aes.seal(key, KeyNames.body(tenant, id), WireJson.bytes(changed));
    }

    @Override
    public String toString() {
        return "Body[]";
    }
}
