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
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for one tenant: the row-level security of every statement in it is bound to that tenant. What it
 * publishes is stored with it and sent right after it has committed. Not thread-safe; statements run one after another.
 */
public final class UnitOfWork {
    private final Mutiny.Session session;
    private final Statements statements;
    private final Origin origin;
    private final String service;
    private final List<OutboxStore.Draft> drafts = new ArrayList<>();
    private List<OutboxRow> published = List.of();
    private boolean entities;
    private final List<AuditRecord.Entry> audited = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    UnitOfWork(Mutiny.Session session, Origin origin, String service) {
        this.session = session;
        this.statements = new Statements(session);
        this.origin = origin;
        this.service = service;
    }

    /** The session, for entities. */
    public Mutiny.Session session() {
        entities = true;
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
     * Stores a message in the outbox, right before the commit; it is sent after it, in the order of its number per topic and conversation.
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
        drafts.add(new OutboxStore.Draft(topic, envelope, WireJson.bytes(payload)));
        return Uni.createFrom().voidItem();
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
        return flushed().chain(() -> statements.execute(sql, parameters));
    }

    /**
     * Runs one query of one column with parameters {@code ?1, ?2, ...}.
     *
     * @param type String, Long, Integer, Boolean or Instant; a null in the column is a null in the list
     */
    public <T> Uni<List<T>> query(Class<T> type, String sql, @Nullable Object... parameters) {
        return rows(sql, parameters).map(rows -> Statements.column(type, rows));
    }

    /**
     * Runs one query of several columns with parameters {@code ?1, ?2, ...}. A {@code bigint} is a Long, a {@code
     * timestamptz} an Instant, a {@code bytea} a byte array, and so on.
     */
    public Uni<List<Object[]>> rows(String sql, @Nullable Object... parameters) {
        return flushed().chain(() -> statements.rows(sql, parameters));
    }

    /** Runs one query for all columns of an entity with parameters {@code ?1, ?2, ...}; what it finds is managed. */
    public <T> Uni<List<T>> entities(Class<T> type, String sql, @Nullable Object... parameters) {
        Mutiny.SelectionQuery<T> query = session().createNativeQuery(sql, type);
        for (int i = 0; i < parameters.length; i++) query.setParameter(i + 1, parameters[i]);
        return query.getResultList();
    }

    /** Statements see what was changed in entities. */
    private Uni<Void> flushed() {
        return entities ? session.flush() : Uni.createFrom().voidItem();
    }

    /**
     * Runs work in a transaction of this unit's tenant: committed when its result is an item, else rolled back. Neither the
     * beginning nor the binding to the tenant is waited for: the connection keeps the order, and when one of them fails, so
     * does every statement behind it.
     */
    <T> Uni<T> transaction(Function<UnitOfWork, Uni<T>> work) {
        CompletionStage<Void> bound = statements.begin(origin.tenant());
        return Uni.createFrom()
                .deferred(() -> work.apply(this))
                .call(this::flushed)
                .call(this::store)
                .call(() -> Uni.createFrom().completionStage(bound))
                .call(statements::commit)
                .onFailure()
                .recoverWithUni(failure -> Uni.createFrom()
                        .completionStage(bound)
                        .onItemOrFailure()
                        .transformToUni((_, first) -> statements
                                .rollback()
                                .onItemOrFailure()
                                .transformToUni((_, _) -> Uni.createFrom().failure(first == null ? failure : first))));
    }

    /** Stores what was published and audited; the last statements of the transaction. */
    private Uni<Void> store() {
        if (!audited.isEmpty()) {
            String id = drafts.isEmpty() || origin.cause() == null
                    ? Ids.random()
                    : Ids.derive(
                            origin.cause(),
                            "audit",
                            drafts.getFirst().envelope().id());
            publish(Topic.AUDIT, id, new AuditRecord(audited));
        }
        return OutboxStore.add(this, drafts).invoke(rows -> published = rows).replaceWithVoid();
    }

    List<OutboxRow> published() {
        return published;
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
