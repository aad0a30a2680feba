package ai.chela.memory.db;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The key of a tenant, wrapped by the master key. It is read by statements, as it is read under a lock; Hibernate makes sessions
 * only for a service that has an entity.
 */
@Entity
@Table(name = "tenant_key")
public class TenantKeyRow {
    @Id
    String tenant = "";

    @Column(name = "master_id", updatable = false)
    String masterId = "";

    @Column(updatable = false)
    byte[] wrapped = {};

    @Column(updatable = false)
    long generation;
}
