package ai.chela.launcher.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Under which account of the machine PostgreSQL runs; it refuses to run as root. */
public sealed interface Account {
    /** As whoever started the launcher. */
    record Caller() implements Account {}

    /** Root without its rights: in a user namespace of its own, where it is nobody. Files stay root's. */
    record Namespace() implements Account {}

    /** Another account, where root may not make user namespaces. Its files cannot lie in a folder that is root's alone. */
    record Other(String name, int uid, int gid) implements Account {}

    /** Such a command, under this account. */
    default List<String> prefixed(List<String> command) {
        List<String> all = new ArrayList<>(
                switch (this) {
                    case Caller() -> List.<String>of();
                    case Namespace() -> List.of("unshare", "-U");
                    case Other(String _, int uid, int gid) ->
                        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
                });
        all.addAll(command);
        return all;
    }

    /**
     * The account to use on this machine.
     *
     * @throws IOException when this is root and neither a namespace nor another account can be had, with what to do
     */
    static Account choose() throws IOException, InterruptedException {
        if (!isRoot()) return new Caller();
        if (works(new Namespace())) return new Namespace();
        List<String> accounts = Files.readAllLines(Path.of("/etc/passwd"));
        for (String name : List.of("postgres", "nobody")) {
            for (String line : accounts) {
                String[] fields = line.split(":");
                if (fields.length < 4 || !fields[0].equals(name)) continue;
                Account other = new Other(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
                if (works(other)) return other;
            }
        }
        throw new IOException("PostgreSQL refuses to run as root, and here root can neither make a user namespace"
                + " (`unshare -U true`) nor become postgres or nobody (`setpriv`)."
                + " Start Chela as an ordinary user, or install util-linux.");
    }

    private static boolean isRoot() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith("Uid:")) return line.split("\\s+")[2].equals("0");
        return false;
    }

    private static boolean works(Account account) throws InterruptedException {
        try {
            return new ProcessBuilder(account.prefixed(List.of("true")))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false; // the tool itself is missing
        }
    }
}
