package ai.chela.launcher.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What one durable write costs: 8 KiB over a part of a file that is there, then fdatasync, as PostgreSQL does for each
 * commit. It is what a turn can never be quicker than, times its serial commits.
 */
final class DiskSync implements Measurement {
    private static final int WRITES = 200;
    private static final int WARM_UP = 20;
    private static final int BYTES = 8 << 10;

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public String title(Bench bench) {
        return bench.say("disk, write of 8 KiB and fdatasync", "磁盘，写入 8 KiB 并 fdatasync");
    }

    @Override
    public List<Finding> take(Bench bench) throws IOException {
        String home = bench.state().postgresHome();
        Path folder = home == null ? bench.data().path() : Path.of(home);
        Line spread = new Line.Spread("write", bench.say("one write", "单次写入"), writes(folder));
        return List.of(new Finding("disk", title(bench), List.of(spread)));
    }

    static Latencies writes(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "bench", ".disk");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BYTES);
            for (int i = 0; i < WRITES + WARM_UP; i++) write(channel, block, i);
            channel.force(true);
            double[] millis = new double[WRITES];
            for (int i = -WARM_UP; i < WRITES; i++) {
                block.putInt(0, i);
                long begun = System.nanoTime();
                write(channel, block, i + WARM_UP);
                channel.force(false);
                if (i >= 0) millis[i] = (System.nanoTime() - begun) / 1e6;
            }
            return Latencies.of(millis);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(FileChannel channel, ByteBuffer block, int at) throws IOException {
        block.clear();
        while (block.hasRemaining()) channel.write(block, (long) at * BYTES + block.position());
    }
}
