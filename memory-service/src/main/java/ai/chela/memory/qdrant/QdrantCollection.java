package ai.chela.memory.qdrant;

import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.index.History;
import ai.chela.memory.index.IndexException;
import io.grpc.Status;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeleteVectorNameRequest;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The collection behind the alias: made when it is not there, carried over when it is of an older form, and given a vector for
 * each model that comes. Any number of instances may do so at once. Thread-safe.
 */
final class QdrantCollection {
    private static final Logger LOG = Logger.getLogger(QdrantCollection.class);
    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\..*");
    private static final int MAJOR = 1;

    /** The first with vectors that are added to a collection, and with writes that depend on what is there. */
    private static final int LEAST_MINOR = 18;

    private final QdrantCalls calls;
    private final String base;
    private final History history;
    private final String alias;
    private final Embedder embedder;
    private final CarryOver carryOver;
    private final Others others;
    private final AtomicBoolean othersDropped = new AtomicBoolean();
    private final Set<String> vectors = ConcurrentHashMap.newKeySet();
    private @Nullable CompletableFuture<Void> ready;
    private volatile String version = "";

    /**
     * @param base what the alias begins with; the history is the rest of it
     */
    QdrantCollection(QdrantCalls calls, String base, History history, Embedder embedder) {
        this.calls = calls;
        this.base = base;
        this.history = history;
        this.alias = Names.alias(base, history.id());
        this.embedder = embedder;
        this.carryOver = new CarryOver(calls, alias);
        this.others = new Others(calls, carryOver, base, history);
    }

    /** As the server says; empty while it was not reached. */
    String version() {
        return version;
    }

    /** The collection is there. Once it was, nothing is asked again until it was {@linkplain #missing missing}. */
    synchronized CompletionStage<Void> ready() {
        CompletableFuture<Void> before = ready;
        if (before != null && !before.isCompletedExceptionally()) return before;
        CompletableFuture<Void> now = checkedVersion()
                .thenCompose(_ -> target())
                .thenCompose(this::atHand)
                .thenCompose(_ -> readVectors())
                .thenRun(() -> {
                    if (othersDropped.compareAndSet(false, true)) others.drop();
                })
                .toCompletableFuture();
        ready = now;
        return now;
    }

    /** Somebody has dropped it: it is made anew when it is needed next. */
    synchronized void missing() {
        LOG.warnf("event=memory.qdrant outcome=missing collection=%s", alias);
        ready = null;
    }

    private CompletionStage<Void> checkedVersion() {
        return calls.server("version", stub -> stub.healthCheck(HealthCheckRequest.getDefaultInstance()))
                .thenAccept(answer -> {
                    Matcher matcher = VERSION.matcher(answer.getVersion() + ".");
                    if (!matcher.matches()
                            || Integer.parseInt(matcher.group(1)) != MAJOR
                            || Integer.parseInt(matcher.group(2)) < LEAST_MINOR)
                        throw new IndexException("the Qdrant server is of version \""
                                + answer.getVersion().replaceAll("[^0-9A-Za-z.+-]", "?") + "\"; it must be " + MAJOR
                                + "."
                                + LEAST_MINOR + " or a later " + MAJOR + ".x");
                    version = answer.getVersion();
                });
    }

    private CompletionStage<Optional<String>> target() {
        return calls.collections("aliases", stub -> stub.listAliases(ListAliasesRequest.getDefaultInstance()))
                .thenApply(answer -> answer.getAliasesList().stream()
                        .collect(Collectors.toMap(AliasDescription::getAliasName, AliasDescription::getCollectionName)))
                .thenCompose(targets -> {
                    Optional<String> own = Optional.ofNullable(targets.get(alias));
                    String unnamed = targets.get(base);
                    if (own.isPresent() || unnamed == null || history.restored())
                        return CompletableFuture.completedStage(own);
                    return adopted(unnamed).thenApply(_ -> Optional.of(unnamed));
                });
    }

    /** What an earlier version has filled, whose alias named no history: it was made of this database, and serves on. */
    private CompletionStage<Void> adopted(String collection) {
        AliasOperations away = AliasOperations.newBuilder()
                .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(base))
                .build();
        return calls.collections(
                        "alias",
                        stub -> stub.updateAliases(ChangeAliases.newBuilder()
                                .addActions(to(collection))
                                .addActions(away)
                                .build()))
                .thenAccept(_ ->
                        LOG.infof("event=memory.qdrant outcome=adopted alias=%s collection=%s", alias, collection));
    }

    private AliasOperations to(String collection) {
        return AliasOperations.newBuilder()
                .setCreateAlias(
                        CreateAlias.newBuilder().setCollectionName(collection).setAliasName(alias))
                .build();
    }

    private CompletionStage<Void> atHand(Optional<String> target) {
        String name = Names.collection(alias);
        if (target.isEmpty())
            // the alias comes last: where there is one, all behind it is there
            return made(name).thenCompose(_ -> switched(name));
        if (!target.get().equals(name)) carryOver(target.get(), name);
        return done();
    }

    /** In the background: until the alias moves, the older collection serves. */
    private void carryOver(String old, String name) {
        made(name)
                .thenCompose(_ -> carryOver.from(old, name))
                .thenCompose(_ -> switched(name))
                .thenCompose(_ -> readVectors())
                .thenCompose(_ -> carryOver.drop(old))
                .whenComplete((_, failure) -> {
                    if (failure != null)
                        // the next start begins again, and the older one serves meanwhile
                        LOG.errorf(failure, "event=memory.qdrant outcome=not-carried from=%s to=%s", old, name);
                });
    }

    private CompletionStage<Void> made(String name) {
        return calls.collections(
                        "exists",
                        stub -> stub.collectionExists(CollectionExistsRequest.newBuilder()
                                .setCollectionName(name)
                                .build()))
                .thenCompose(answer -> answer.getResult().getExists() ? done() : create(name))
                .thenCompose(_ -> indexed(CollectionForm.indexes(name), 0));
    }

    private CompletionStage<Void> create(String name) {
        return calls.collections("create", stub -> stub.create(CollectionForm.collection(name, embedder.models())))
                .thenAccept(_ -> LOG.infof("event=memory.qdrant outcome=created collection=%s", name))
                .exceptionallyCompose(failure ->
                        // another instance was faster
                        alreadyThere(failure) ? done() : CompletableFuture.failedStage(failure));
    }

    private static boolean alreadyThere(Throwable failure) {
        return QdrantCalls.code(failure) == Status.Code.ALREADY_EXISTS
                || QdrantCalls.code(failure) == Status.Code.INVALID_ARGUMENT
                        && String.valueOf(failure.getMessage()).contains("already exists");
    }

    private CompletionStage<Void> indexed(List<CreateFieldIndexCollection> indexes, int at) {
        if (at == indexes.size()) return done();
        return calls.write("payload index", stub -> stub.createFieldIndex(indexes.get(at)))
                .thenCompose(_ -> indexed(indexes, at + 1));
    }

    /** Moves the alias, in one step where it was elsewhere. */
    private CompletionStage<Void> switched(String name) {
        return calls.collections(
                        "alias",
                        stub -> stub.updateAliases(
                                ChangeAliases.newBuilder().addActions(to(name)).build()))
                .thenAccept(_ -> LOG.infof("event=memory.qdrant outcome=switched alias=%s collection=%s", alias, name));
    }

    private CompletionStage<Void> readVectors() {
        return calls.collections(
                        "info",
                        stub -> stub.get(GetCollectionInfoRequest.newBuilder()
                                .setCollectionName(alias)
                                .build()))
                .thenAccept(answer -> {
                    Set<String> names = answer.getResult()
                            .getConfig()
                            .getParams()
                            .getVectorsConfig()
                            .getParamsMap()
                            .getMapMap()
                            .keySet();
                    vectors.addAll(names);
                    vectors.retainAll(names);
                });
    }

    /** Which of these names there are vectors of; asks the server where one is not known. */
    CompletionStage<Set<String>> known(Collection<String> names) {
        CompletionStage<Void> read = vectors.containsAll(names) ? done() : readVectors();
        return read.thenApply(_ -> {
            Set<String> known = new HashSet<>(names);
            known.retainAll(vectors);
            return known;
        });
    }

    /** Makes room for vectors of a model, where there is none. */
    CompletionStage<Void> open(Embedder.Model model) {
        String name = Names.vector(model);
        return known(Set.of(name)).thenCompose(known -> known.contains(name) ? done() : added(model, name));
    }

    private CompletionStage<Void> added(Embedder.Model model, String name) {
        return calls.write("new vector", stub -> stub.createVectorName(CollectionForm.vector(alias, model)))
                .thenAccept(_ -> LOG.infof("event=memory.qdrant outcome=vector-added vector=%s", name))
                .exceptionallyCompose(
                        failure -> alreadyThere(failure) ? done() : CompletableFuture.failedStage(failure))
                .thenRun(() -> vectors.add(name));
    }

    /** Removes the vectors of every other model. */
    CompletionStage<Void> retain(Set<String> names) {
        return readVectors().thenCompose(_ -> {
            Set<String> others = new HashSet<>(vectors);
            others.removeAll(names);
            CompletionStage<Void> all = done();
            for (String other : others) all = all.thenCompose(_ -> removed(other));
            return all;
        });
    }

    private CompletionStage<Void> removed(String name) {
        DeleteVectorNameRequest request = DeleteVectorNameRequest.newBuilder()
                .setCollectionName(alias)
                .setWait(true)
                .setVectorName(name)
                .build();
        return calls.write("old vector", stub -> stub.deleteVectorName(request)).thenAccept(_ -> {
            vectors.remove(name);
            LOG.infof("event=memory.qdrant outcome=vector-removed vector=%s", name);
        });
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }
}
