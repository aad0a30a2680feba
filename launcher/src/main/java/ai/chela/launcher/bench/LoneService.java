package ai.chela.launcher.bench;

import ai.chela.launcher.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A service of a stack, to be started by itself as its launcher did, while broker and database are up and have nothing
 * to do.
 *
 * @param environment all variables; nothing is inherited
 * @param managementPort where it tells that it is ready
 */
record LoneService(
        String name, List<String> command, Map<String, String> environment, Path folder, int managementPort) {
    private static final long LIMIT_SECONDS = 120;
    private static final long STOP_SECONDS = 20;
    /** Between two questions whether it is ready, which is how exact that time is. */
    private static final long PAUSE_MILLIS = 2;

    /**
     * One start.
     *
     * @param startedMillis from before the process was made to the line in its log that says so
     * @param readyMillis from the same moment to the first time that it called itself ready
     * @param resident bytes when it was ready
     */
    record Took(double startedMillis, double readyMillis, long resident) {}

    /** As a process that runs was started. */
    static LoneService of(String name, long pid, int managementPort) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : zeroEnded(Files.readString(process.resolve("environ")))) {
            int end = variable.indexOf('=');
            if (end > 0) environment.put(variable.substring(0, end), variable.substring(end + 1));
        }
        return new LoneService(
                name,
                zeroEnded(Files.readString(process.resolve("cmdline"))),
                environment,
                Files.readSymbolicLink(process.resolve("cwd")),
                managementPort);
    }

    private static List<String> zeroEnded(String text) {
        List<String> parts = new ArrayList<>(List.of(text.split("\0", -1)));
        parts.removeLast(); // after the last zero there is nothing
        return parts;
    }

    /** Starts it, waits until it is ready, and stops it. */
    Took start() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        Process process = builder.start();
        Thread onSignal = Thread.ofPlatform().unstarted(process::destroy);
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return watched(process, begun);
        } finally {
            stop(process);
            Runtime.getRuntime().removeShutdownHook(onSignal);
        }
    }

    private Took watched(Process process, long begun) throws IOException, InterruptedException {
        AtomicLong started = new AtomicLong();
        AtomicReference<String> last = new AtomicReference<>("");
        CountDownLatch told = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("output of " + name).start(() -> read(process, started, last, told));
        long limit = begun + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!isReady()) {
            if (!process.isAlive())
                throw new Problem(name + " ended with exit code " + process.exitValue() + ": " + last.get());
            if (System.nanoTime() > limit)
                throw new Problem(name + " was not ready within " + LIMIT_SECONDS + " s: " + last.get());
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // it tells nobody, it must be asked
        }
        long ready = System.nanoTime();
        long resident = MemoryUse.of(Map.of(process.pid(), name))
                .getOrDefault(name, MemoryUse.NONE)
                .resident();
        if (!told.await(LIMIT_SECONDS, TimeUnit.SECONDS))
            throw new Problem(name + " is ready, and its log does not say that it has started: " + last.get());
        return new Took((started.get() - begun) / 1e6, (ready - begun) / 1e6, resident);
    }

    private static void read(Process process, AtomicLong started, AtomicReference<String> last, CountDownLatch told) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last.set(line.length() <= 300 ? line : line.substring(0, 300));
                if (told.getCount() == 0 || !saysStarted(line)) continue;
                started.set(System.nanoTime());
                told.countDown();
            }
        } catch (IOException e) {
            last.set(Problem.reason(e)); // the output was closed with the process; who waits finds it dead
        }
    }

    /** Quarkus' line, the same on the JVM and natively. */
    static boolean saysStarted(String line) {
        return line.contains("(powered by Quarkus ") && line.contains(" started in ");
    }

    private boolean isReady() {
        byte[] question = ("GET /q/health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), managementPort), 1_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(question);
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException _) {
            return false; // not listening yet
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS))
            process.destroyForcibly().waitFor();
    }
}
