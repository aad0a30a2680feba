package ai.chela.memory.qdrant;

import ai.chela.memory.embedding.Embedder;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.IntegerIndexParams;
import io.qdrant.client.grpc.Collections.KeywordIndexParams;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.OptimizersConfigDiff;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.QuantizationType;
import io.qdrant.client.grpc.Collections.ScalarQuantization;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.CreateVectorNameRequest;
import io.qdrant.client.grpc.Points.DenseVectorCreationConfig;
import io.qdrant.client.grpc.Points.FieldType;
import java.util.Collection;
import java.util.List;

/** What the collection looks like. */
final class CollectionForm {
    /** Of a tenant's own graph; there is none over all tenants. */
    private static final int LINKS = 16;

    /** What was erased is still in a segment until it is written anew: this share of a segment, and this many, are enough. */
    private static final double ERASED_SHARE = 0.02;

    private static final int ERASED_NUMBER = 100;

    private CollectionForm() {}

    static CreateCollection collection(String name, Collection<Embedder.Model> models) {
        VectorParamsMap.Builder vectors = VectorParamsMap.newBuilder();
        for (Embedder.Model model : models)
            vectors.putMap(
                    Names.vector(model),
                    VectorParams.newBuilder()
                            .setSize(model.dimensions())
                            .setDistance(Distance.Dot)
                            .setOnDisk(true)
                            .build());
        return CreateCollection.newBuilder()
                .setCollectionName(name)
                .setVectorsConfig(VectorsConfig.newBuilder().setParamsMap(vectors))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder()
                        .putMap(
                                Names.WORDS,
                                SparseVectorParams.newBuilder()
                                        .setModifier(Modifier.Idf)
                                        .build()))
                .setHnswConfig(HnswConfigDiff.newBuilder().setM(0).setPayloadM(LINKS))
                .setQuantizationConfig(QuantizationConfig.newBuilder()
                        .setScalar(ScalarQuantization.newBuilder()
                                .setType(QuantizationType.Int8)
                                .setAlwaysRam(true)))
                .setOptimizersConfig(OptimizersConfigDiff.newBuilder()
                        .setDeletedThreshold(ERASED_SHARE)
                        .setVacuumMinVectorNumber(ERASED_NUMBER))
                .build();
    }

    /** Of a model that was not known when the collection was made. Vectors have length 1: their product is the cosine. */
    static CreateVectorNameRequest vector(String alias, Embedder.Model model) {
        return CreateVectorNameRequest.newBuilder()
                .setCollectionName(alias)
                .setWait(true)
                .setVectorName(Names.vector(model))
                .setDenseConfig(DenseVectorCreationConfig.newBuilder()
                        .setSize(model.dimensions())
                        .setDistance(Distance.Dot))
                .build();
    }

    /** Made before the first point: a graph does not follow an index that comes later. */
    static List<CreateFieldIndexCollection> indexes(String name) {
        return List.of(
                keyword(name, Names.TENANT, true),
                keyword(name, Names.SCOPE, false),
                keyword(name, Names.KIND, false),
                integer(name, Names.CHANGE, false),
                integer(name, Names.AT, false),
                integer(name, Names.LENGTH, true),
                integer(name, Names.KEYS, true));
    }

    private static CreateFieldIndexCollection keyword(String name, String field, boolean tenant) {
        return index(name, field, FieldType.FieldTypeKeyword)
                .setFieldIndexParams(PayloadIndexParams.newBuilder()
                        .setKeywordIndexParams(KeywordIndexParams.newBuilder()
                                .setIsTenant(tenant)
                                .setEnableHnsw(tenant)))
                .build();
    }

    private static CreateFieldIndexCollection integer(String name, String field, boolean lookup) {
        return index(name, field, FieldType.FieldTypeInteger)
                .setFieldIndexParams(PayloadIndexParams.newBuilder()
                        .setIntegerIndexParams(IntegerIndexParams.newBuilder()
                                .setLookup(lookup)
                                .setRange(!lookup)
                                .setOnDisk(lookup)
                                .setEnableHnsw(false)))
                .build();
    }

    private static CreateFieldIndexCollection.Builder index(String name, String field, FieldType type) {
        return CreateFieldIndexCollection.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .setFieldName(field)
                .setFieldType(type);
    }
}
