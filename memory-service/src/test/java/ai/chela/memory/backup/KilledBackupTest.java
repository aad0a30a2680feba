package ai.chela.memory.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.memory.crypto.Aes;
import ai.chela.memory.crypto.MasterKeys;
import ai.chela.memory.kill.Life;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of a backup are killed with SIGKILL, at each named step and at random moments, while memories are told, forgotten and
 * their scope's key is renewed in between. After each kill the set is whole; the next run goes on. {@code -Dchela.test.kills=N}
 * kills N, {@code -Dchela.test.seed=N} in the same way again.
 */
class KilledBackupTest {
    private static final int KILLS = Integer.getInteger("chela.test.kills", 12);
    private static final long SEED = Long.getLong("chela.test.seed", System.nanoTime() % 1_000_000);
    private static final String ACME = "acme";
    private static final String ANN = "ann";

    /** A dash is a random moment. */
    private static final List<String> STEPS =
            List.of("data", "data-end", "keys", "manifest", "-", "keys-wrapped-1", "keys-finished", "-", "sweep", "-");

    @TempDir
    Path folder = Path.of("");

    private final Random random = new Random(SEED);

    @SuppressWarnings("NullAway.Init")
    private MasterKeys masters;

    @SuppressWarnings("NullAway.Init")
    private Installation here;

    private Path master = Path.of("");
    private int told;

    @BeforeEach
    void install() throws Exception {
        master = folder.resolve("master");
        Files.writeString(master, Base64.getEncoder().encodeToString(Aes.newKey()));
        masters = MasterKeys.load("file:" + master, Path.of(""));
        here = Installation.with(masters);
        for (int i = 0; i < 40; i++) tell();
    }

    @Test
    void the_set_is_whole_after_every_kill_and_the_next_run_goes_on() throws Exception {
        backup();
        Set<String> forgotten = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            String step = STEPS.get(kill % STEPS.size());
            String what = "kill " + kill + " at " + step + " of seed " + SEED;
            tell();
            String gone = "f" + random.nextInt(told);
            if (forgotten.add(gone)) here.forget(ACME, ANN, gone);
            if (step.startsWith("keys-wrapped") || random.nextInt(4) == 0)
                here.renew(ACME, ANN, Installation.Renewal.WHOLE);
            int before = verified().runs();
            List<String> said = killed(step);
            int after = verified().runs();
            boolean finished = said.stream().anyMatch(line -> line.equals("at keys-finished"));
            assertTrue(after == before || after == before + 1, what);
            if (finished) assertEquals(before + 1, after, what);
            if (kill % 4 == 3) {
                // what the set cannot know yet, the list of erasures beside the database tells, which is not given here
                List<String> restored = restored().texts(ACME);
                restored.removeAll(here.texts(ACME));
                restored.remove("memory number " + gone.substring(1));
                assertEquals(List.of(), restored, what);
            }
            assertEquals(after + 1, backup().number(), what);
            noKeyOf(forgotten, what);
        }
        assertEquals(here.texts(ACME), restored().texts(ACME));
        assertEquals(told - forgotten.size(), here.texts(ACME).size());
    }

    private void tell() throws Exception {
        here.remember(ACME, ANN, "f" + told, "memory number " + told++);
    }

    private List<String> killed(String step) throws Exception {
        try (Life life = Life.of(
                BackupLife.class, here.database.url(), data().toString(), keys().toString(), master.toString(), step)) {
            if (step.equals("-")) {
                life.said(1, line -> line.equals("at data"));
                LockSupport.parkNanos(random.nextInt(60_000_000));
            } else {
                assertTrue(life.said(1, line -> line.equals("at " + step)), life::errors);
            }
            return life.kill();
        }
    }

    private void noKeyOf(Set<String> forgotten, String what) throws Exception {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(keys())) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".keys.gz")).toList())
                try (LineReader reader = new LineReader(file)) {
                    for (var line = reader.next(); line != null; line = reader.next())
                        found.add(line.path("memory").asText());
                }
        }
        assertTrue(found.size() >= told - forgotten.size(), what);
        found.retainAll(forgotten);
        assertEquals(List.of(), found, what);
    }

    private Backup.Result backup() throws Exception {
        return new Backup(here.database, data(), keys(), () -> masters).run(false);
    }

    private Verification verified() throws Exception {
        return Verification.of(data(), keys(), masters);
    }

    private Installation restored() throws Exception {
        Installation other = Installation.with(masters);
        Restore.run(other.database, data(), keys(), masters, null, false, List.of());
        return other;
    }

    private Path data() {
        return folder.resolve("backup");
    }

    private Path keys() {
        return folder.resolve("keys");
    }
}
