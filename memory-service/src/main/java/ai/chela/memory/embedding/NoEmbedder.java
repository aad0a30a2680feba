package ai.chela.memory.embedding;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where the operator wants recall by words only. */
public final class NoEmbedder implements Embedder {
    @Override
    public CompletionStage<Outcome> embed(Purpose purpose, List<String> texts) {
        return CompletableFuture.completedStage(new Outcome.NotNow(Reason.OFF));
    }

    @Override
    public Model modelFor(String text) {
        return new Model("none", 0);
    }

    @Override
    public String state() {
        return "off";
    }
}
