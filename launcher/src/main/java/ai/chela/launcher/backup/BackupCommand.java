package ai.chela.launcher.backup;

import ai.chela.launcher.ExitCode;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.DataOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backup DIR}: everything the first time, then what changed; while the stack runs, or while it does not. */
@Command(name = "backup", description = "Back up memories, persons, configuration and keys")
public final class BackupCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Places places = new Places();

    @Option(names = "--full", description = "Write every memory, not only what changed")
    private boolean full;

    public BackupCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder(here);
        Path target = places.data(here, folder);
        Path keys = places.keys(here, folder);
        List<String> arguments = new ArrayList<>(List.of("backup", target.toString(), "--keys", keys.toString()));
        if (full) arguments.add("--full");
        try (OwnDatabase database = OwnDatabase.any(here, folder)) {
            int code = OperatorProcess.run(here, folder, database.environment(), arguments);
            if (code != ExitCode.OK) return code;
        }
        OwnFiles.save(here, folder, OwnFiles.open(folder), target);
        OwnFiles.save(here, folder, OwnFiles.secret(folder), keys);
        here.say(
                "Configuration is in %s, tokens and the master key in %s. With both folders everybody can read the memories.",
                "配置在 %s，令牌与主密钥在 %s。同时拥有两个目录即可读取全部记忆。", target, keys);
        here.say("Not in it: conversations, reminders and watches, approvals, audit entries.", "不包含：对话、提醒与监视、审批、审计记录。");
        return ExitCode.OK;
    }
}
