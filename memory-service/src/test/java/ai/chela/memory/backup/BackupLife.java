package ai.chela.memory.backup;

import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.operator.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

/** One run of a backup, until it is killed. Says {@code at STEP} before each step, and waits for its end at the one it is given. */
final class BackupLife {
    private BackupLife() {}

    /** Arguments: URL of the database, folder of the data, folder of the keys, file of the master key, a step or a dash. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Database database = new Database(arguments[0], "test", "test", "test");
        Path data = Path.of(arguments[1]);
        Path keys = Path.of(arguments[2]);
        Backup.Result done = new Backup(
                        database,
                        data,
                        keys,
                        () -> MasterKeys.load("file:" + arguments[3], Path.of("")),
                        step -> reached(step, arguments[4]))
                .run(false);
        System.out.println("done " + done.number());
        System.out.flush();
    }

    private static void reached(String step, String last) {
        System.out.println("at " + step);
        System.out.flush();
        if (!step.equals(last)) return;
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
