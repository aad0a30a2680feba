package ai.chela.memory.keys;

import ai.chela.memory.operator.AuditTrail;
import ai.chela.memory.operator.Database;
import ai.chela.memory.operator.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an operator wants to be made anew of a tenant's keys. The services do it while they run. */
public final class RenewalBook {
    private final Database database;
    private final String tenant;

    public RenewalBook(Database database, String tenant) {
        this.database = database;
        this.tenant = tenant;
    }

    /**
     * From the commit on the keys are wanted anew; those whose renewal is under way are passed over.
     *
     * @param person whose own scope it is about; null for the tenant's key and those of all its scopes
     * @return how many keys
     * @throws Refusal when there is none that is not being renewed already
     */
    public int want(@Nullable String person) throws SQLException {
        try (Connection worker = database.worker()) {
            Database.bind(worker, tenant);
            int wanted = person == null
                    ? add(worker, "select tenant, '' from tenant_key where tenant = ?", tenant)
                            + add(worker, "select tenant, scope from scope_key where tenant = ?", tenant)
                    : add(
                            worker,
                            "select tenant, scope from scope_key where tenant = ? and scope = ?",
                            tenant,
                            "person:" + person);
            if (wanted == 0)
                throw new Refusal(
                        "There is no such key, or all of them are being renewed already.", "没有这样的密钥，或者它们都已在更新中。");
            AuditTrail.note(worker, tenant, "key.renewal-wanted", person == null ? "tenant" : "person:" + person);
            worker.commit();
            return wanted;
        }
    }

    private static int add(Connection worker, String which, String... parameters) throws SQLException {
        try (PreparedStatement insert = worker.prepareStatement(
                "insert into key_renewal (tenant, scope) " + which + " on conflict do nothing")) {
            for (int i = 0; i < parameters.length; i++) insert.setString(i + 1, parameters[i]);
            return insert.executeUpdate();
        }
    }
}
