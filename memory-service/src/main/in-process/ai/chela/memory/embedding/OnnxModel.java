package ai.chela.memory.embedding;

import ai.chela.memory.config.Pooling;
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
import java.util.function.IntFunction;

/**
 * A model of the BERT family in ONNX Runtime: the vector of a text is what the model says at its first place or the mean of
 * all places, brought to length 1. One text a run, since the quantised models take their scales from all that is in a run: the same text would
 * get another vector in other company. Thread-safe.
 */
final class OnnxModel implements AutoCloseable {
    /** Of some models this is the second output. */
    private static final String HIDDEN = "last_hidden_state";

    private final Embedder.Model model;
    private final Tokenizer words;
    private final Pooling pooling;
    private final OrtSession session;

    private OnnxModel(Embedder.Model model, Tokenizer words, Pooling pooling, OrtSession session) {
        this.model = model;
        this.words = words;
        this.pooling = pooling;
        this.session = session;
    }

    /**
     * Opens a model of anybody's and tries it; takes up to some seconds.
     *
     * @param named makes its identity of the number of dimensions, which only the model itself knows
     * @throws OrtException when the runtime cannot read or run it
     * @throws IllegalArgumentException when it is no model of texts; the message says why
     */
    static OnnxModel open(Path file, Tokenizer words, Pooling pooling, IntFunction<Embedder.Model> named)
            throws OrtException {
        try (OrtSession.SessionOptions options = options()) {
            OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
            try {
                OnnxModel unnamed = new OnnxModel(new Embedder.Model("", 0), words, pooling, session);
                float[] tried = unnamed.values("one", 8);
                return new OnnxModel(named.apply(tried.length), words, pooling, session);
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        }
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
            return new OnnxModel(model, words, Pooling.CLS, session);
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
        return new Embedder.Vector(model, values(text, most));
    }

    private float[] values(String text, int most) throws OrtException {
        long[] ids = words.numbers(text, most);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String input : session.getInputNames()) inputs.put(input, tensor(input(input, ids)));
            try (OrtSession.Result result = session.run(inputs)) {
                return pooled((OnnxTensor) result.get(HIDDEN).orElseGet(() -> result.get(0)));
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /** One sentence, all of it to be read. */
    private static long[] input(String name, long[] ids) {
        long[] values = new long[ids.length];
        switch (name) {
            case "input_ids" -> System.arraycopy(ids, 0, values, 0, ids.length);
            case "attention_mask" -> Arrays.fill(values, 1);
            case "token_type_ids" -> Arrays.fill(values, 0);
            case "position_ids" -> Arrays.setAll(values, i -> i);
            default ->
                throw new IllegalArgumentException("it has an input \"" + name
                        + "\"; known are input_ids, attention_mask, token_type_ids and position_ids");
        }
        return values;
    }

    private static OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private float[] pooled(OnnxTensor output) {
        long[] shape = output.getInfo().getShape();
        if (shape.length < 2 || shape.length > 3 || shape[0] != 1 || output.getFloatBuffer() == null)
            throw new IllegalArgumentException("its first output is not one vector per text or per piece of it");
        int dimensions = Math.toIntExact(shape[shape.length - 1]);
        FloatBuffer all = output.getFloatBuffer();
        float[] values = new float[dimensions];
        int places = shape.length == 2 || pooling == Pooling.CLS ? 1 : Math.toIntExact(shape[1]);
        for (int place = 0; place < places; place++) for (int i = 0; i < dimensions; i++) values[i] += all.get();
        return Embedder.Vector.ofLengthOne(values);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
