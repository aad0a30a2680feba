package ai.chela.memory.embedding;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The models that come with Chela, chosen by the script of a text. */
public final class InProcessEmbedder implements Embedder, AutoCloseable {
    private final InProcessModels models;
    private final ModelThreads threads;

    /** Loads nothing before somebody asks. */
    public InProcessEmbedder(Clock clock, MeterRegistry meters) {
        this.threads = new ModelThreads(meters);
        this.models = new InProcessModels(threads.background(), clock);
        meters.gauge("chela.embedding.models.ready", models, InProcessModels::ready);
    }

    @Override
    public CompletionStage<Outcome> embed(Purpose purpose, Model model, List<String> texts) {
        Embedder.checkNumber(texts);
        return switch (models.get(InProcessModels.scriptOf(model))) {
            case InProcessModels.State.Ready(OnnxModel loaded) -> threads.run(purpose, loaded, texts);
            case InProcessModels.State.Waiting _, InProcessModels.State.Loading _ -> notNow(Reason.LOADING);
            case InProcessModels.State.Failed _ -> notNow(Reason.FAILED);
        };
    }

    private static CompletionStage<Outcome> notNow(Reason reason) {
        return CompletableFuture.completedStage(new Outcome.NotNow(reason));
    }

    @Override
    public Model modelFor(String text) {
        return InProcessModels.of(Script.of(text));
    }

    @Override
    public List<Model> models() {
        return Stream.of(Script.values()).map(InProcessModels::of).toList();
    }

    @Override
    public float[] mean(Model model) {
        return InProcessModels.mean(InProcessModels.scriptOf(model));
    }

    @Override
    public String state() {
        return models.shown();
    }

    /** Takes nothing more; what is being computed ends with the process. */
    @Override
    public void close() {
        threads.close();
    }
}
