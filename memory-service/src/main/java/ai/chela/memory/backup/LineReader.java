package ai.chela.memory.backup;

import ai.chela.kit.wire.WireJson;
import ai.chela.memory.operator.Refusal;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a file of JSON lines, whose checksum was found right before. */
final class LineReader implements AutoCloseable {
    /** The longest line by far is a memory of 16,384 characters, encrypted and in hex. */
    private static final int LONGEST = 1 << 20;

    private final Path file;
    private final InputStream in;
    private long number;

    LineReader(Path file) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16)), 1 << 16);
    }

    /**
     * The next line; null at the end.
     *
     * @throws Refusal when it is no JSON object, or too long
     */
    @Nullable
    JsonNode next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int read = in.read();
        if (read < 0) return null;
        number++;
        for (; read >= 0 && read != '\n'; read = in.read()) {
            line.write(read);
            if (line.size() > LONGEST) throw damaged("is longer than " + LONGEST + " bytes");
        }
        try {
            JsonNode node = WireJson.mapper().readTree(line.toString(StandardCharsets.UTF_8));
            if (node == null || !node.isObject()) throw damaged("is no JSON object");
            return node;
        } catch (JsonProcessingException _) {
            throw damaged("is no JSON");
        }
    }

    private Refusal damaged(String how) {
        return new Refusal("%s, line %d: %s.", "%s 第 %d 行：%s。", file, number, how);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
