package ai.chela.scheduler.db;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The row of a trigger. Statements read and write it; the entity tells Hibernate that the table exists. */
@Entity
@Table(name = "trigger")
public class TriggerRow {
    @EmbeddedId
    TenantId key = new TenantId();
}
