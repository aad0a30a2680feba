package ai.chela.toolrunner.sandbox;

import ai.chela.toolrunner.tool.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Finds out at start what the machine can do. What it finds holds until the process ends. */
public final class SandboxProbe {
    private static final Logger LOG = Logger.getLogger(SandboxProbe.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HOLDS = "holds";

    /** Says every promise that is not kept, so that a sandbox which starts but leaks is not used. */
    private static final String CANARY = """
            has() { grep -q "$1" /proc/self/status || echo "$2"; }
            has '^Seccomp:[[:space:]]*2' 'no filter of system calls'
            has '^NoNewPrivs:[[:space:]]*1' 'rights can be gained'
            has '^CapEff:[[:space:]]*0*$' 'it has capabilities'
            [ "$(id -u)" = 1000 ] || echo 'wrong user'
            [ -e /etc/shadow ] && echo 'host files are visible'
            [ -e /sys ] && echo '/sys is visible'
            [ -w /proc/sys/kernel/core_pattern ] && echo '/proc/sys is writable'
            [ "$(grep -c : /proc/net/dev)" = 1 ] || echo 'host network is visible'
            [ -w /workspace ] || echo 'no workspace'
            echo holds
            """;

    private SandboxProbe() {}

    /** What the machine can do. */
    public sealed interface Found {
        /** How well commands are shut in. */
        Level level();

        /**
         * Commands can run.
         *
         * @param less why the level is not the best, empty when it is
         */
        record Ready(Sandbox sandbox, Optional<String> less) implements Found {
            @Override
            public Level level() {
                return sandbox.level();
            }
        }

        /**
         * Commands are refused.
         *
         * @param why and what to do about it
         */
        record Missing(Said why) implements Found {
            @Override
            public Level level() {
                return Level.NONE;
            }
        }
    }

    /**
     * Makes the best sandbox that this machine allows, tries it, and removes what dead runners left.
     *
     * @param home folder for files of its own, made where it does not exist
     */
    public static Found find(Path home, SandboxLimits limits) throws InterruptedException {
        Optional<SystemCalls> calls = SystemCalls.of(System.getProperty("os.arch", ""));
        if (!System.getProperty("os.name", "").equals("Linux") || calls.isEmpty()) return missing(unsupported());
        Optional<Path> bwrap = SandboxPrograms.find("bwrap");
        if (bwrap.isEmpty()) return missing(noBubblewrap());
        try {
            boolean root = SandboxPrograms.runsAsRoot();
            Optional<Path> setpriv = SandboxPrograms.find("setpriv");
            if (root && setpriv.isEmpty()) return missing(noSetpriv());
            SandboxPrograms programs = new SandboxPrograms(bwrap.get(), setpriv.orElse(null), root);
            return made(SandboxFolder.make(home, limits, calls.get()), programs, limits);
        } catch (IOException failed) {
            return missing(doesNotHold(String.valueOf(failed.getMessage())));
        }
    }

    private static Found made(SandboxFolder folder, SandboxPrograms programs, SandboxLimits limits)
            throws IOException, InterruptedException {
        SandboxStart start = new SandboxStart(folder, programs, limits);
        Found found = switch (CgroupTree.find(MountedCgroups.ofThisProcess())) {
            case CgroupTree.Found.Usable(var tree) -> {
                tree.sweep();
                yield tried(new Bubblewrap(folder, start, limits, tree), Optional.empty());
            }
            case CgroupTree.Found.Unusable(var reason) ->
                tried(new Bubblewrap(folder, start, limits, null), Optional.of("no control groups: " + reason));
        };
        LOG.infof("sandbox.probed level=%s", found.level().shown());
        return found;
    }

    private static Found tried(Sandbox sandbox, Optional<String> less) throws InterruptedException {
        String said = switch (sandbox.run(CANARY, PATIENCE)) {
            case Outcome.Exited exited -> exited.output().text().strip();
            case Outcome.NotStarted(var reason) -> reason;
            case Outcome.TimedOut _ -> "its first command did not end within " + PATIENCE.toSeconds() + " s";
            case Outcome.Flooded _ -> "its first command wrote without end";
        };
        if (said.equals(HOLDS)) return new Found.Ready(sandbox, less);
        sandbox.close();
        return missing(doesNotHold(said.lines().findFirst().orElse("no answer")));
    }

    private static Found missing(Said why) {
        LOG.warnf("sandbox.missing reason=%s", why.en());
        return new Found.Missing(why);
    }

    private static Said unsupported() {
        String here = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        return new Said(
                "Commands need a sandbox, which exists for Linux on x86_64 and aarch64; this is " + here + ".",
                "运行命令需要沙箱，目前只支持 x86_64 和 aarch64 上的 Linux；此机器是 " + here + "。");
    }

    private static Said noBubblewrap() {
        return new Said(
                "Commands need a sandbox, and bubblewrap is not installed. Install it (Debian, Ubuntu: \"apt install"
                        + " bubblewrap\"; Fedora: \"dnf install bubblewrap\") and restart.",
                "运行命令需要沙箱，但没有安装 bubblewrap。请安装（Debian、Ubuntu：“apt install bubblewrap”；Fedora：“dnf install"
                        + " bubblewrap”）后重新启动。");
    }

    private static Said noSetpriv() {
        return new Said(
                "Commands need a sandbox. As root it needs setpriv (package util-linux), which is not installed. Install"
                        + " it, or run Chela as an ordinary user, and restart.",
                "运行命令需要沙箱。以 root 运行时需要 setpriv（软件包 util-linux），但没有安装。请安装它，或以普通用户运行 Chela，然后重新启动。");
    }

    private static Said doesNotHold(String reason) {
        return new Said(
                "Commands need a sandbox, and bubblewrap cannot make one here: " + reason
                        + ". It needs version 0.8 and user namespaces (Ubuntu 24.04: an AppArmor profile for bwrap;"
                        + " in a container: allow user namespaces). Mend it and restart.",
                "运行命令需要沙箱，但 bubblewrap 在此无法建立：" + reason
                        + "。需要 0.8 以上版本和用户命名空间（Ubuntu 24.04：为 bwrap 配置 AppArmor；容器中：允许用户命名空间）。修复后请重新启动。");
    }
}
