package ai.chela.toolrunner.db;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** The row of a call. Statements read and write it; the entity tells Hibernate that the table exists. */
@Entity
@Table(name = "tool_call")
@IdClass(ToolCallRow.Key.class)
public class ToolCallRow {
    @Id
    String tenant = "";

    @Id
    String id = "";

    /** What identifies a call. */
    public record Key(String tenant, String id) {}
}
