package ai.chela.launcher.backup;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import ai.chela.launcher.stack.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code restore DIR}: into an installation that is stopped, or that is not there yet. */
@Command(name = "restore", description = "Bring back what a backup holds; nothing may run meanwhile")
public final class RestoreCommand implements Callable<Integer> {
    /** What memory-service keeps beside its database that is not made of it. */
    private static final String ERASURES = "erasures.jsonl";

    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Places places = new Places();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "As of the last backup at or before, for example 2026-11-21T14:30:00Z (default: the last)")
    private @Nullable String to;

    @Option(names = "--replace", description = "Put it in the place of memories and files that are there")
    private boolean replace;

    public RestoreCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        Path backup = places.data(here, folder);
        Path keys = places.keys(here, folder);
        List<String> open = OwnFiles.check(here, backup);
        List<String> secret = OwnFiles.check(here, keys);
        List<String> arguments = new ArrayList<>(List.of("restore", backup.toString(), "--keys", keys.toString()));
        if (to != null) arguments.addAll(List.of("--to", to));
        if (replace) arguments.add("--replace");
        try (OwnDatabase database = OwnDatabase.alone(here, folder, true)) {
            masterKey(folder, OwnFiles.file(keys, folder, folder.masterKey()));
            for (Path home : homes(folder)) {
                if (Files.exists(home.resolve(ERASURES)))
                    arguments.addAll(
                            List.of("--erasures", home.resolve(ERASURES).toString()));
                dropIndexes(home);
            }
            int code = OperatorProcess.run(here, folder, database.environment(), arguments);
            if (code != ExitCode.OK) return code;
        }
        int brought = OwnFiles.bring(open, backup, folder, replace) + OwnFiles.bring(secret, keys, folder, replace);
        here.say("%d files of the installation were brought back.", "已恢复安装的 %d 个文件。", brought);
        here.say("Start it with `./chela up%s`.", "请用 `./chela up%s` 启动。", data.suffix());
        return ExitCode.OK;
    }

    /** The keys that are here stay, those of the backup come behind them: what either of them wrapped can be opened. */
    private void masterKey(DataFolder folder, Path saved) throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        for (Path file : List.of(folder.masterKey(), saved))
            if (Files.exists(file))
                keys.addAll(List.of(Files.readString(file).strip().split("\\s+")));
        if (keys.isEmpty())
            throw here.problem(
                    "There is no master key: neither %s nor %s exists. Put the one of the backup into the first.",
                    "没有主密钥：%s 和 %s 都不存在。请把备份的主密钥放到前者。", folder.masterKey(), saved);
        DataFolder.write(folder.masterKey(), String.join("\n", keys) + "\n");
    }

    private static List<Path> homes(DataFolder folder) throws IOException {
        try (Stream<Path> all = Files.list(folder.path())) {
            return all.filter(path -> String.valueOf(path.getFileName()).matches(Service.MEMORY.folder() + "(-\\d)?"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    /** Indexes are made of the database and made again; those of another one would find what is not there. */
    private static void dropIndexes(Path home) throws IOException {
        try (Stream<Path> all = Files.list(home)) {
            for (Path path : all.toList()) if (!path.endsWith(ERASURES)) OwnFiles.delete(path);
        }
    }
}
