package ai.chela.scheduler.db;

import jakarta.persistence.Embeddable;

/** A row's identity, which always includes its tenant. */
@Embeddable
public record TenantId(String tenant, String id) {
    TenantId() {
        this("", "");
    }
}
