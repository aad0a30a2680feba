package ai.chela.memory.db;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The key of a tenant, wrapped by the master key. */
@Entity
@Table(name = "tenant_key")
public class TenantKeyRow {
    @Id
    String tenant = "";

    @Column(name = "master_id", updatable = false)
    String masterId = "";

    @Column(updatable = false)
    byte[] wrapped = {};
}
