package ai.chela.kit.tenancy;

import ai.chela.contracts.Envelope;
import ai.chela.contracts.Topic;
import ai.chela.contracts.audit.AuditRecord;
import ai.chela.kit.outbox.OutboxRow;
import ai.chela.kit.outbox.OutboxStore;
import ai.chela.kit.wire.Ids;
import ai.chela.kit.wire.WireJson;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for one tenant: the row-level security of every statement in it is bound to that tenant. What it
 * publishes is stored with it and sent right after it has committed. Not thread-safe; statements run one after another.
 */
public final class UnitOfWork {
    private final Mutiny.Session session;
    private final Origin origin;
    private final String service;
    private final List<OutboxRow> published = new ArrayList<>();
    private final List<AuditRecord.Entry> audited = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    UnitOfWork(Mutiny.Session session, Origin origin, String service) {
        this.session = session;
        this.origin = origin;
        this.service = service;
    }

    /** The session, for entities and queries. */
    public Mutiny.Session session() {
        return session;
    }

    public Origin origin() {
        return origin;
    }

    public String tenant() {
        return origin.tenant();
    }

    /** Publishes on behalf of this unit's own origin. */
    public Uni<Void> publish(Topic topic, String id, Object payload) {
        return publish(topic, id, payload, origin);
    }

    /**
     * Stores a message in the outbox; it is sent after the commit, in the order of its number per topic and conversation.
     *
     * @param id computed from the cause ({@link Ids#derive}): the same id again is published once
     * @param from who, where and why, when it is not this unit's origin; must be of the same tenant
     */
    public Uni<Void> publish(Topic topic, String id, Object payload, Origin from) {
        if (!from.tenant().equals(origin.tenant())) throw new IllegalArgumentException("another tenant's message");
        Envelope envelope = new Envelope(
                id,
                topic.topicName(),
                "chela/" + service,
                Instant.now(),
                from.tenant(),
                from.principal(),
                from.conversation(),
                from.turn(),
                from.cause(),
                0,
                from.traceparent());
        return OutboxStore.add(session, topic, envelope, WireJson.bytes(payload))
                .invoke(row -> {
                    if (row != null) published.add(row);
                })
                .replaceWithVoid();
    }

    /**
     * Notes one audit entry; those of one unit travel as one record.
     *
     * @param content what the digest is made of, null for none; never stored itself
     */
    public void audit(String action, String subject, String outcome, @Nullable String content) {
        audited.add(new AuditRecord.Entry(
                action, subject, outcome, content == null ? null : Ids.digest(content), Instant.now()));
    }

    /** Runs after the commit, on whatever thread finished it; must be quick. Not run when the unit fails. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** Runs one statement with parameters {@code ?1, ?2, ...} and returns how many rows it changed. */
    public Uni<Integer> execute(String sql, @Nullable Object... parameters) {
        return bound(session.createNativeQuery(sql), parameters).executeUpdate();
    }

    /** Runs one query of one column (or one entity) with parameters {@code ?1, ?2, ...}. */
    public <T> Uni<List<T>> query(Class<T> type, String sql, @Nullable Object... parameters) {
        Mutiny.SelectionQuery<T> query = session.createNativeQuery(sql, type);
        for (int i = 0; i < parameters.length; i++) query.setParameter(i + 1, parameters[i]);
        return query.getResultList();
    }

    /** Runs one query of several columns with parameters {@code ?1, ?2, ...}. */
    public Uni<List<Object[]>> rows(String sql, @Nullable Object... parameters) {
        return query(Object[].class, sql, parameters);
    }

    private static <T> Mutiny.Query<T> bound(Mutiny.Query<T> query, @Nullable Object... parameters) {
        for (int i = 0; i < parameters.length; i++) query.setParameter(i + 1, parameters[i]);
        return query;
    }

    Uni<Void> publishAudit() {
        if (audited.isEmpty()) return Uni.createFrom().voidItem();
        String id = published.isEmpty() || origin.cause() == null
                ? Ids.random()
                : Ids.derive(origin.cause(), "audit", published.getFirst().id());
        return publish(Topic.AUDIT, id, new AuditRecord(audited));
    }

    List<OutboxRow> published() {
        return published;
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
