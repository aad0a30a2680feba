package ai.chela.memory.index;

import ai.chela.memory.embedding.Embedder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows the two models of the conformance tests, and makes no vectors. */
public final class FixedModels implements Embedder {
    @Override
    public Model modelFor(String text) {
        return MemoryIndexConformance.MODEL;
    }

    @Override
    public CompletionStage<Outcome> embed(Purpose purpose, Model model, List<String> texts) {
        return CompletableFuture.completedStage(new Outcome.NotNow(Reason.OFF));
    }

    @Override
    public List<Model> models() {
        return List.of(MemoryIndexConformance.MODEL, MemoryIndexConformance.OTHER);
    }

    @Override
    public float[] mean(Model model) {
        return new float[model.dimensions()];
    }

    @Override
    public String state() {
        return "fixed";
    }
}
