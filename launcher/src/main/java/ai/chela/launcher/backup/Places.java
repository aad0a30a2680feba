package ai.chela.launcher.backup;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where a backup is: the same for each command about one. */
final class Places {
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Folder of the backup")
    private @Nullable Path folder;

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description = "Folder of its keys, best on another disk or machine (default: DIR/keys)")
    private @Nullable Path keys;

    /** The folder of the data. */
    Path data(Surroundings here, DataFolder installation) {
        if (folder == null)
            throw new Problem(ExitCode.USAGE, here.language().say("Name the folder of the backup.", "请指定备份目录。"));
        return outside(here, installation, folder);
    }

    /** The folder of the keys. */
    Path keys(Surroundings here, DataFolder installation) {
        return keys == null ? data(here, installation).resolve("keys") : outside(here, installation, keys);
    }

    private static Path outside(Surroundings here, DataFolder installation, Path chosen) {
        Path absolute = chosen.toAbsolutePath().normalize();
        if (absolute.startsWith(installation.path()))
            throw here.problem(
                    "A backup inside the data folder %s would be lost with it. Choose another folder.",
                    "放在数据目录 %s 之内的备份会随之丢失。请选择其他目录。", installation.path());
        return absolute;
    }
}
