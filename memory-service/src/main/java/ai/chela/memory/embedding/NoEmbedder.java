package ai.chela.memory.embedding;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where the operator wants recall by words only. */
public final class NoEmbedder implements Embedder {
    @Override
    public @Nullable Model modelFor(String text) {
        return null;
    }

    @Override
    public CompletionStage<Outcome> embed(Purpose purpose, Model model, List<String> texts) {
        return CompletableFuture.completedStage(new Outcome.NotNow(Reason.OFF));
    }

    @Override
    public List<Model> models() {
        return List.of();
    }

    @Override
    public float[] mean(Model model) {
        return new float[model.dimensions()];
    }

    @Override
    public String state() {
        return "off";
    }
}
