package ai.chela.memory.embedding;

import ai.chela.memory.config.MemorySettings.EmbeddingFile;
import ai.onnxruntime.OrtException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** A model in a file of the operator's, for texts of every language. It is loaded and tried at the start of the service. */
final class FileEmbedder implements Embedder, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FileEmbedder.class);
    private static final String MODEL = "embedding-file.model";
    private static final String TOKENIZER = "embedding-file.tokenizer";

    private final OnnxModel onnx;
    private final Introduction introduction;
    private final Model model;
    private final Prefixes prefixes;
    private final ModelThreads threads;

    /**
     * Takes as long as the model takes to load, and where it was not known before, to read some sentences.
     *
     * @param base folder that relative paths start from
     * @throws EmbeddingConfigException naming the key, when it cannot be used
     */
    FileEmbedder(EmbeddingFile settings, Path base, Introductions known, MeterRegistry meters) {
        Path weights = file(MODEL, settings.model(), base);
        Path words = file(TOKENIZER, settings.tokenizer(), base);
        this.prefixes = Prefixes.of(settings.questionPrefix(), settings.factPrefix());
        long start = System.nanoTime();
        Tokenizer tokenizer = tokenizer(words);
        String key = key(settings, weights, words);
        this.onnx = opened(settings, weights, tokenizer, key);
        this.introduction = introduced(key, known);
        this.model = new Model(key, introduction.dimensions());
        this.threads = new ModelThreads(meters);
        meters.gauge("chela.embedding.models.ready", 1);
        LOG.infof(
                "event=embedding.loaded model=%s dimensions=%d millis=%d",
                key, model.dimensions(), (System.nanoTime() - start) / 1_000_000);
    }

    private static Path file(String key, Optional<String> named, Path base) {
        String name = named.orElseThrow(
                () -> new EmbeddingConfigException(key, "is not set; chela.memory.embedding is file, which needs it"));
        try {
            Path file = base.resolve(name);
            if (Files.isRegularFile(file) && Files.isReadable(file)) return file;
            throw new EmbeddingConfigException(key, file + " is not a file that can be read");
        } catch (InvalidPathException e) {
            throw new EmbeddingConfigException(key, "is no path: " + e.getMessage());
        }
    }

    private static Tokenizer tokenizer(Path file) {
        try {
            return TokenizerFile.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new EmbeddingConfigException(
                    TOKENIZER, file + " is no tokenizer that can be used: " + e.getMessage());
        }
    }

    private String key(EmbeddingFile settings, Path weights, Path words) {
        String name = String.valueOf(weights.getFileName()).replaceFirst("\\.onnx$", "");
        return ModelKey.of(
                "file",
                name,
                ModelKey.digest(
                        digest(MODEL, weights),
                        digest(TOKENIZER, words),
                        settings.pooling().name(),
                        prefixes.question(),
                        prefixes.fact()));
    }

    private static String digest(String key, Path file) {
        MessageDigest digest = ModelKey.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) continue;
        } catch (IOException e) {
            throw new EmbeddingConfigException(key, file + " cannot be read: " + e.getMessage());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static OnnxModel opened(EmbeddingFile settings, Path file, Tokenizer words, String key) {
        try {
            return OnnxModel.open(file, words, settings.pooling(), dimensions -> new Model(key, dimensions));
        } catch (OrtException | RuntimeException e) {
            throw new EmbeddingConfigException(MODEL, file + " is no model that can be used: " + e.getMessage());
        }
    }

    private Introduction introduced(String key, Introductions known) {
        Introduction before = known.known(key);
        if (before != null) return before;
        try {
            List<Vector> vectors = new ArrayList<>();
            for (String sentence : Introduction.sentences())
                vectors.add(onnx.embed(prefixes.fact() + sentence, ModelThreads.MOST_OF_A_FACT));
            Introduction now = Introduction.of(key, vectors);
            known.keep(now);
            return now;
        } catch (OrtException e) {
            throw new EmbeddingConfigException(MODEL, "the model fails on a plain sentence: " + e.getMessage());
        } catch (IOException e) {
            throw new EmbeddingConfigException(
                    MODEL, "what was learned of the model cannot be kept in CHELA_HOME: " + e.getMessage());
        }
    }

    @Override
    public Model modelFor(String text) {
        return model;
    }

    @Override
    public CompletionStage<Outcome> embed(Purpose purpose, Model asked, List<String> texts) {
        Embedder.checkNumber(texts);
        if (!asked.equals(model)) throw new IllegalArgumentException("no model of this process: " + asked.name());
        return threads.run(purpose, onnx, prefixes.before(purpose, texts));
    }

    @Override
    public List<Model> models() {
        return List.of(model);
    }

    @Override
    public float[] mean(Model asked) {
        return introduction.mean().clone();
    }

    @Override
    public String state() {
        return model.name() + ": ready";
    }

    @Override
    public void close() {
        // the session is not closed: a thread may be in it, and it ends with the process
        threads.close();
    }
}
