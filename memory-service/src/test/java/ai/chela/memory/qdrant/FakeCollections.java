package ai.chela.memory.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsImplBase;
import java.util.HashMap;
import java.util.Map;

/** Collections and aliases of the fake server. */
final class FakeCollections extends CollectionsImplBase {
    private static final CollectionOperationResponse OK =
            CollectionOperationResponse.newBuilder().setResult(true).build();

    private final FakeQdrant server;

    FakeCollections(FakeQdrant server) {
        this.server = server;
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            if (server.collections.containsKey(request.getCollectionName()))
                throw FakeCollection.wrong("Collection `" + request.getCollectionName() + "` already exists!");
            server.collections.put(request.getCollectionName(), new FakeCollection(request));
            return OK;
        });
    }

    @Override
    public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            server.collections.remove(request.getCollectionName());
            server.aliases.values().removeIf(request.getCollectionName()::equals);
            return OK;
        });
    }

    @Override
    public void list(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> observer) {
        server.answer(request, observer, _ -> {
            ListCollectionsResponse.Builder all = ListCollectionsResponse.newBuilder();
            server.collections
                    .keySet()
                    .forEach(name -> all.addCollections(
                            CollectionDescription.newBuilder().setName(name)));
            return all.build();
        });
    }

    @Override
    public void collectionExists(CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> observer) {
        server.answer(
                request,
                observer,
                _ -> CollectionExistsResponse.newBuilder()
                        .setResult(CollectionExists.newBuilder()
                                .setExists(server.collections.containsKey(request.getCollectionName())))
                        .build());
    }

    @Override
    public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> observer) {
        server.answer(request, observer, _ -> {
            Map<String, VectorParams> vectors = new HashMap<>();
            server.collection(request.getCollectionName())
                    .dense
                    .forEach((name, size) -> vectors.put(
                            name, VectorParams.newBuilder().setSize(size).build()));
            return GetCollectionInfoResponse.newBuilder()
                    .setResult(CollectionInfo.newBuilder()
                            .setConfig(CollectionConfig.newBuilder()
                                    .setParams(CollectionParams.newBuilder()
                                            .setVectorsConfig(VectorsConfig.newBuilder()
                                                    .setParamsMap(VectorParamsMap.newBuilder()
                                                            .putAllMap(vectors))))))
                    .build();
        });
    }

    @Override
    public void updateAliases(ChangeAliases request, StreamObserver<CollectionOperationResponse> observer) {
        server.answer(request, observer, _ -> {
            for (AliasOperations action : request.getActionsList()) {
                if (action.hasDeleteAlias()) {
                    if (server.aliases.remove(action.getDeleteAlias().getAliasName()) == null)
                        throw FakeCollection.wrong("Alias does not exist!");
                    continue;
                }
                server.collection(action.getCreateAlias().getCollectionName());
                server.aliases.put(
                        action.getCreateAlias().getAliasName(),
                        action.getCreateAlias().getCollectionName());
            }
            return OK;
        });
    }

    @Override
    public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
        server.answer(request, observer, _ -> {
            ListAliasesResponse.Builder all = ListAliasesResponse.newBuilder();
            server.aliases.forEach((alias, name) -> all.addAliases(AliasDescription.newBuilder()
                    .setAliasName(alias)
                    .setCollectionName(name)
                    .build()));
            return all.build();
        });
    }
}
