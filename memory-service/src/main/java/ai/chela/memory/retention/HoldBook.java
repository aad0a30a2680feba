package ai.chela.memory.retention;

import ai.chela.memory.operator.AuditTrail;
import ai.chela.memory.operator.Database;
import ai.chela.memory.operator.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Legal holds as an operator sets, lifts and lists them; each change writes an audit entry in its own transaction. */
public final class HoldBook {
    private static final int LONGEST = 200;

    private final Database database;
    private final String tenant;

    public HoldBook(Database database, String tenant) {
        this.database = database;
        this.tenant = tenant;
    }

    /**
     * One hold.
     *
     * @param person whom it covers; null: everybody of the tenant
     * @param reason as the operator gave it
     * @param by account of the machine that set it
     */
    public record Hold(@Nullable String person, String reason, String by, Instant at) {}

    /**
     * From the commit on nothing that it covers is erased. Setting it again changes the reason.
     *
     * @throws Refusal when a name or the reason cannot be one
     */
    public void set(@Nullable String person, String reason, String by) throws SQLException {
        String subject = subject(person);
        if (reason.isBlank() || reason.length() > LONGEST || reason.chars().anyMatch(Character::isISOControl))
            throw new Refusal(
                    "Give a reason of 1 to %d characters on one line with --reason, such as a case number.",
                    "请用 --reason 给出 1 到 %d 个字符的单行理由，例如案件编号。", LONGEST);
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            update(
                    worker,
                    "insert into legal_hold (tenant, subject, reason, placed_by) values (?, ?, ?, ?)"
                            + " on conflict (tenant, subject) do update set reason = excluded.reason,"
                            + " placed_by = excluded.placed_by",
                    tenant,
                    subject,
                    reason.strip(),
                    by);
            AuditTrail.note(worker, tenant, "memory.hold-set", subject);
            worker.commit();
        }
    }

    /** From the commit on it no longer holds; false when there was none. */
    public boolean lift(@Nullable String person) throws SQLException {
        String subject = subject(person);
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            if (update(worker, "delete from legal_hold where tenant = ? and subject = ?", tenant, subject) == 0)
                return false;
            AuditTrail.note(worker, tenant, "memory.hold-lifted", subject);
            worker.commit();
            return true;
        }
    }

    /** Those in force, the oldest first. */
    public List<Hold> list() throws SQLException {
        List<Hold> holds = new ArrayList<>();
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            try (PreparedStatement select = worker.prepareStatement("select subject, reason, placed_by, placed_at"
                    + " from legal_hold where tenant = ? order by placed_at, subject")) {
                select.setString(1, tenant);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next())
                        holds.add(new Hold(
                                person(rows.getString(1)),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
        }
        return holds;
    }

    private static int update(Connection worker, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = worker.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setString(i + 1, parameters[i]);
            return statement.executeUpdate();
        }
    }

    private static String subject(@Nullable String person) {
        if (person == null) return "tenant";
        if (person.isBlank() || person.length() > LONGEST || person.chars().anyMatch(Character::isISOControl))
            throw new Refusal("A person is named by the id in people.yaml.", "请用 people.yaml 中的标识指定人员。");
        return "person:" + person;
    }

    private static @Nullable String person(String subject) {
        return subject.equals("tenant") ? null : subject.substring("person:".length());
    }
}
