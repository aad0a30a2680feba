package ai.chela.toolrunner.sandbox;

import ai.chela.toolrunner.tool.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Reads what a run writes, keeps the first part, counts the rest, and raises the alarm at a flood. */
final class OutputPump {
    private static final Logger LOG = Logger.getLogger(OutputPump.class);

    private final InputStream from;
    private final int keep;
    private final long flood;
    private final Runnable alarm;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;
    private long bytes;
    private boolean flooded;

    /**
     * Starts reading.
     *
     * @param alarm called once, by the reading thread, when more than {@code flood} bytes came
     */
    OutputPump(InputStream from, int keep, long flood, Runnable alarm) {
        this.from = from;
        this.keep = keep;
        this.flood = flood;
        this.alarm = alarm;
        this.thread = Thread.ofPlatform().daemon().name("sandbox-output").start(this::read);
    }

    /** Waits for the end of the output. @return whether it came in time */
    boolean ended(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    /** Whether the alarm was raised, once {@link #ended}. */
    boolean flooded() {
        return flooded;
    }

    /** What came, once {@link #ended}. */
    Outcome.Output output() {
        String text = printable(kept.toString(StandardCharsets.UTF_8));
        String held = Utf8.cut(text, keep);
        return new Outcome.Output(held, bytes, bytes > keep || held.length() < text.length());
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                kept.write(buffer, 0, Math.min(read, keep - kept.size()));
                bytes += read;
                if (!flooded && bytes > flood) {
                    flooded = true;
                    alarm.run();
                }
            }
        } catch (IOException closed) {
            // The process was killed while its output was read.
            LOG.debugf("sandbox.output-closed reason=%s", closed.getMessage());
        }
    }

    /** Escape sequences mean something to a terminal and must not reach one. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != '\r')
                .map(c -> c == '\n' || c == '\t' || !Character.isISOControl(c) && !isDirectional(c) ? c : '\uFFFD')
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** Marks that turn the direction of text around, with which output can pretend to be another. */
    private static boolean isDirectional(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
