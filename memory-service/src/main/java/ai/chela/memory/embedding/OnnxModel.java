package ai.chela.memory.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A BERT model of the BGE family in ONNX Runtime: the vector of a text is what the model says at its first place, brought
 * to length 1. One text a run, since the quantised models take their scales from all that is in a run: the same text would
 * get another vector in other company. Thread-safe.
 */
final class OnnxModel implements AutoCloseable {
    private final Embedder.Model model;
    private final WordPiece words;
    private final OrtSession session;

    private OnnxModel(Embedder.Model model, WordPiece words, OrtSession session) {
        this.model = model;
        this.words = words;
        this.session = session;
    }

    /**
     * Loads a model from the class path; takes up to some seconds.
     *
     * @param resource name of its two files, without {@code .onnx} and {@code -tokenizer.json}
     */
    static OnnxModel load(Embedder.Model model, String resource) throws IOException, OrtException {
        // read from a file, the runtime needs half the memory that it needs for an array
        Path file = Files.createTempFile(resource, ".onnx");
        deleteLeft(file, resource);
        try (InputStream tokenizer = resource(resource + "-tokenizer.json");
                InputStream weights = resource(resource + ".onnx");
                OrtSession.SessionOptions options = options()) {
            WordPiece words = WordPiece.read(tokenizer);
            Files.copy(weights, file, StandardCopyOption.REPLACE_EXISTING);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
            return new OnnxModel(model, words, session);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** What a process that was killed while it loaded has left; no load takes this long. */
    private static void deleteLeft(Path file, String resource) throws IOException {
        FileTime before = FileTime.from(Instant.now().minus(Duration.ofMinutes(10)));
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(Objects.requireNonNull(file.getParent()), resource + "*.onnx")) {
            for (Path old : left) if (Files.getLastModifiedTime(old).compareTo(before) < 0) Files.deleteIfExists(old);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream found = OnnxModel.class.getResourceAsStream("/" + name);
        if (found == null) throw new IOException("not on the class path: " + name);
        return found;
    }

    /** One thread, the caller's; and memory is given back after each run, for sentences are short and rare. */
    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        return options;
    }

    /**
     * @param most how many pieces of words are read, 2 to 512
     */
    Embedder.Vector embed(String text, int most) throws OrtException {
        long[] ids = words.numbers(text, most);
        long[] mask = new long[ids.length];
        Arrays.fill(mask, 1);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            inputs.put("input_ids", tensor(ids));
            inputs.put("attention_mask", tensor(mask));
            inputs.put("token_type_ids", tensor(new long[ids.length]));
            try (OrtSession.Result result = session.run(inputs)) {
                return new Embedder.Vector(model, first((OnnxTensor) result.get(0)));
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private float[] first(OnnxTensor hidden) {
        FloatBuffer all = hidden.getFloatBuffer();
        float[] values = new float[model.dimensions()];
        all.get(values);
        double square = 0;
        for (float value : values) square += (double) value * value;
        float length = (float) Math.sqrt(Math.max(square, Float.MIN_NORMAL));
        for (int i = 0; i < values.length; i++) values[i] /= length;
        return values;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
