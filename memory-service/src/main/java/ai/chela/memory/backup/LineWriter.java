package ai.chela.memory.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Writes a file of JSON lines, compressed, which its owner alone may read. Of no use before it is {@link #finish}ed. */
final class LineWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Hashes.sha256();
    private final GZIPOutputStream zip;
    private final OutputStream out;
    private long written;

    LineWriter(Path file) throws IOException {
        this.file = file;
        Files.deleteIfExists(file); // what an interrupted run left
        channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        zip = new GZIPOutputStream(
                new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER));
        out = new BufferedOutputStream(zip, BUFFER);
    }

    void line(String json) throws IOException {
        out.write(json.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        written++;
    }

    /** Ends the file and waits until it is on the disk. */
    KeyFiles.Part finish() throws IOException {
        out.flush();
        zip.finish();
        zip.flush();
        channel.force(true);
        return new KeyFiles.Part(
                String.valueOf(file.getFileName()), HexFormat.of().formatHex(digest.digest()), written);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
