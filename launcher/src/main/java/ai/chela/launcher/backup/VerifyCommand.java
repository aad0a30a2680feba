package ai.chela.launcher.backup;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code backup verify DIR}: reads all of a backup, opens every memory of it, and changes nothing. */
@Command(name = "verify", description = "Check that a backup is whole and can be read")
public final class VerifyCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Places places = new Places();

    public VerifyCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        Path backup = places.data(here, folder);
        Path keys = places.keys(here, folder);
        int files =
                OwnFiles.check(here, backup).size() + OwnFiles.check(here, keys).size();
        Path master = OwnFiles.file(keys, folder, folder.masterKey());
        Map<String, String> key = Files.exists(master) ? Map.of("CHELA_MASTER_KEY", "file:" + master) : Map.of();
        int code =
                OperatorProcess.run(here, folder, key, List.of("verify", backup.toString(), "--keys", keys.toString()));
        if (code == ExitCode.OK) here.say("%d files of the installation are whole.", "安装的 %d 个文件完整。", files);
        return code;
    }
}
