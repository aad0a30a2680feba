package ai.chela.memory.operator;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Principal;
import ai.chela.contracts.Topic;
import ai.chela.contracts.audit.AuditRecord;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.KafkaRecords;
import ai.chela.kit.wire.WireJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Audit entries of what an operator does: stored with it in one transaction, sent by the service when it runs. */
public final class AuditTrail {
    private AuditTrail() {}

    /**
     * Notes one entry for the tenant that the transaction is bound to.
     *
     * @param subject on what: an id, never content
     */
    public static void note(Connection worker, String tenant, String action, String subject) throws SQLException {
        AuditRecord record =
                new AuditRecord(List.of(new AuditRecord.Entry(action, subject, "ok", null, Instant.now())));
        Envelope envelope = new Envelope(
                Ids.random(),
                Topic.AUDIT.topicName(),
                "chela/memory",
                Instant.now(),
                tenant,
                new Principal("service:memory-operator", "-"),
                null,
                null,
                null,
                0,
                null);
        try (PreparedStatement add = worker.prepareStatement("select drawn from outbox_add(?, ?, ?, ?, ?, ?, ?)")) {
            add.setString(1, tenant);
            add.setArray(2, worker.createArrayOf("text", new String[] {Topic.AUDIT.topicName()}));
            add.setArray(3, worker.createArrayOf("text", new String[] {envelope.key()}));
            add.setArray(4, worker.createArrayOf("text", new String[] {envelope.id()}));
            add.setArray(5, worker.createArrayOf("boolean", new Boolean[] {false}));
            add.setArray(6, worker.createArrayOf("text", new String[] {WireJson.text(KafkaRecords.headers(envelope))}));
            add.setArray(7, worker.createArrayOf("bytea", new byte[][] {WireJson.bytes(record)}));
            add.execute();
        }
    }
}
