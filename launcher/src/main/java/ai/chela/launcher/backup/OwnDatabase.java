package ai.chela.launcher.backup;

import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.postgres.Account;
import ai.chela.launcher.postgres.PostgresServer;
import ai.chela.launcher.postgres.Roles;
import ai.chela.launcher.stack.Service;
import ai.chela.launcher.supervise.Child;
import ai.chela.launcher.supervise.ChildSpec.Signal;
import ai.chela.launcher.supervise.ProcessId;
import ai.chela.launcher.supervise.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The database of an installation: that of the stack that runs, or PostgreSQL alone for as long as this is open. */
final class OwnDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration TO_STOP = Duration.ofSeconds(20);

    private final DataFolder data;
    private final int port;
    private final @Nullable Child child;
    private final @Nullable FileChannel lock;

    private OwnDatabase(DataFolder data, int port, @Nullable Child child, @Nullable FileChannel lock) {
        this.data = data;
        this.port = port;
        this.child = child;
        this.lock = lock;
    }

    int port() {
        return port;
    }

    /** That of the stack when it runs, else PostgreSQL alone. */
    static OwnDatabase any(Surroundings here, DataFolder data) throws IOException, InterruptedException {
        StackState state = StackState.read(data);
        if (state.runningSupervisor().isPresent())
            return new OwnDatabase(data, state.port(PostgresServer.NAME).orElseThrow(), null, null);
        return alone(here, data, false);
    }

    /**
     * PostgreSQL alone; nothing else of the stack runs, nor can it be started meanwhile.
     *
     * @param make whether to make a database where there is none
     */
    static OwnDatabase alone(Surroundings here, DataFolder data, boolean make)
            throws IOException, InterruptedException {
        data.prepare();
        DataFolder.touch(data.lockFile());
        FileChannel channel = FileChannel.open(data.lockFile(), StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            StackState state = StackState.read(data);
            boolean leftOver = state.processes().values().stream().anyMatch(ProcessId::alive);
            if (lock == null || leftOver)
                throw here.problem(
                        "A stack runs on %s. Stop it first: `./chela down`.",
                        "%s 上有正在运行的环境。请先停止：`./chela down`。", data.path());
            return started(here, data, state, channel, make);
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static OwnDatabase started(
            Surroundings here, DataFolder data, StackState state, FileChannel lock, boolean make)
            throws IOException, InterruptedException {
        Secrets secrets = Secrets.of(
                data,
                Roles.all(Service.shortNames()).stream()
                        .map(PostgresServer::passwordOf)
                        .toList());
        Account account = Account.choose();
        int port = freePort();
        PostgresServer server = new PostgresServer(
                data,
                PostgresServer.homeFor(data, account),
                account,
                secrets,
                port,
                20,
                OperatorProcess.basics(here.environment()));
        if (server.isNew() && !make)
            throw here.problem(
                    "There is no installation in %s yet. Start one with `./chela up`.",
                    "%s 中还没有安装。请用 `./chela up` 启动。", data.path());
        Child child = new Child(server.prepare(), new NoteProcess(data, state));
        child.start();
        OwnDatabase database = new OwnDatabase(data, port, child, lock);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(database::stopQuietly));
        try {
            Roles.make(server, Service.shortNames(), PATIENCE);
        } catch (SQLException | IOException e) {
            database.close();
            throw here.problem(
                    "PostgreSQL does not work: %s. Its log: %s",
                    "PostgreSQL 无法工作：%s。日志：%s", String.valueOf(e.getMessage()), data.log(PostgresServer.NAME));
        }
        return database;
    }

    /** Notes the process where the next {@code up} or {@code down} finds it, should this one be killed. */
    private record NoteProcess(DataFolder data, StackState state) implements Child.Watcher {
        @Override
        public void started(Child started, ProcessId process) {
            try {
                state.with(PostgresServer.NAME, process).write(data);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void died(Child died, String how, Duration delay) {}
    }

    /** Not of the range that the stack chooses from: the kernel names one that is free. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (child != null) {
            child.stop();
            StackState.read(data).stopped().write(data);
        }
        if (lock != null) lock.close();
    }

    /** On Ctrl-C; after a close there is nothing left to do. */
    private void stopQuietly() {
        ProcessId running = child == null ? null : child.process().orElse(null);
        if (running == null || !running.alive()) return;
        try {
            Signals.end(running, Signal.INT, TO_STOP);
        } catch (IOException _) {
            return; // the next `down` ends it: it is noted in the state
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The variables by which memory-service finds its schema. */
    Map<String, String> environment() throws IOException {
        Secrets secrets = Secrets.of(data, java.util.List.of());
        String memory = Service.MEMORY.shortName();
        return Map.of(
                "CHELA_DB_HOST",
                "127.0.0.1",
                "CHELA_DB_PORT",
                Integer.toString(port),
                "CHELA_DB_NAME",
                PostgresServer.DATABASE,
                "CHELA_DB_PASSWORD",
                secrets.password(PostgresServer.passwordOf(Roles.worker(memory))),
                "CHELA_DB_QUEUE_PASSWORD",
                secrets.password(PostgresServer.passwordOf(Roles.queue(memory))),
                "CHELA_DB_MIGRATION_PASSWORD",
                secrets.password(PostgresServer.passwordOf(Roles.owner(memory))));
    }
}
