package ai.chela.launcher.bench;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.config.ModelsFile;
import ai.chela.launcher.config.PeopleFile;
import ai.chela.launcher.config.Templates;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.Secrets;
import ai.chela.launcher.data.StackState;
import ai.chela.launcher.data.StackState.Phase;
import ai.chela.launcher.stack.UpCommand;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stack for the benchmark alone: a fresh data folder, a model that answers at once, some persons. It leaves nothing. */
final class OwnStack implements AutoCloseable {
    private static final int PEOPLE = 3;
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    /** What names a model or a data folder in the shell is not for this stack. */
    private static final List<String> NOT_INHERITED =
            List.of("CHELA_MODEL_BASE_URL", "CHELA_MODEL_NAME", "CHELA_MODEL_API_KEY", "CHELA_DATA");

    private final Surroundings here;
    private final DataFolder data;
    private final InstantModel model;
    private final @Nullable StartKind kind;
    private final Thread onSignal = Thread.ofPlatform().unstarted(this::remove);
    private StackState first = StackState.NONE;
    private boolean removed;

    private OwnStack(Surroundings here, DataFolder data, InstantModel model, @Nullable StartKind kind) {
        this.here = here;
        this.data = data;
        this.model = model;
        this.kind = kind;
    }

    /**
     * Brings it up, twice: the first start makes the database, the second is like every other.
     *
     * @param beside the data folder next to which it lies, so that it is on the same disk
     */
    static OwnStack start(Surroundings here, DataFolder beside, int port, boolean twice)
            throws IOException, InterruptedException {
        return start(here, beside, port, twice, null);
    }

    /** Brings it up twice, with services of this kind. */
    static OwnStack start(Surroundings here, DataFolder beside, int port, StartKind kind)
            throws IOException, InterruptedException {
        return start(here, beside, port, true, kind);
    }

    private static OwnStack start(
            Surroundings here, DataFolder beside, int port, boolean twice, @Nullable StartKind kind)
            throws IOException, InterruptedException {
        Path parent = beside.path().getParent();
        if (parent == null) parent = beside.path();
        Files.createDirectories(parent);
        Path folder = Files.createTempDirectory(parent, "chela-bench-", PosixFilePermissions.asFileAttribute(PRIVATE));
        OwnStack stack = new OwnStack(here, new DataFolder(folder), new InstantModel(), kind);
        Runtime.getRuntime().addShutdownHook(stack.onSignal);
        try {
            stack.configure();
            stack.up(port);
            stack.first = StackState.read(stack.data);
            if (twice) {
                stack.down();
                stack.up(port);
            }
            return stack;
        } catch (IOException | InterruptedException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    DataFolder data() {
        return data;
    }

    /** The persons besides the owner. */
    List<String> people() {
        List<String> people = new ArrayList<>();
        for (int i = 1; i <= PEOPLE; i++) people.add("bench-" + i);
        return people;
    }

    /** What the start recorded that made the database. */
    StackState first() {
        return first;
    }

    private void configure() throws IOException {
        data.prepare();
        Templates.make(here, data);
        ModelsFile.take(data, new ModelsFile.Named(InstantModel.NAME, model.baseUrl(), InstantModel.NAME, ""));
        for (String person : people()) {
            DataFolder.write(data.tokenOf(person), Secrets.random() + "\n");
            PeopleFile.add(
                    data,
                    new PeopleFile.Newcomer(
                            person, person, ZoneId.systemDefault().getId(), "en", null));
        }
    }

    private void up(int port) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--port", Integer.toString(port)));
        if (kind != null) arguments.addAll(kind.arguments());
        int exit = launch(arguments);
        if (exit != 0)
            throw here.problem(
                    "The benchmark's own stack did not come up:%n%s", "基准测试专用的环境未能启动：%n%s", Files.readString(output()));
    }

    private void down() throws IOException, InterruptedException {
        int exit = launch(List.of("down"));
        if (exit != 0)
            throw here.problem(
                    "The benchmark's own stack on %s could not be stopped:%n%s",
                    "无法停止位于 %s 的基准测试专用环境：%n%s", data.path(), Files.readString(output()));
    }

    private Path output() {
        return data.log("bench");
    }

    private int launch(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "ai.chela.launcher.Main"));
        command.addAll(arguments);
        command.addAll(List.of("--data", data.path().toString()));
        Files.write(output(), new byte[0]);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output().toFile());
        NOT_INHERITED.forEach(builder.environment()::remove);
        if (kind != null) {
            builder.environment().remove(UpCommand.NATIVE);
            builder.environment().putAll(kind.variables());
        }
        return builder.start().waitFor();
    }

    /** Stops it and removes all of it. */
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException _) {
            // the signal came meanwhile, and there is nothing left for it to do
        }
    }

    private synchronized void remove() {
        if (removed) return;
        removed = true;
        try {
            model.close();
            StackState state = StackState.read(data);
            // also without a launcher, which may have been killed: what it started goes on
            if (state.phase() != Phase.STOPPED) down();
            delete(data.path());
            if (state.postgresHome() != null) delete(Path.of(state.postgresHome()));
        } catch (IOException | Problem e) {
            here.err().println(here.language().say("%s is left: %s", "%s 未被删除：%s", data.path(), Problem.reason(e)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
