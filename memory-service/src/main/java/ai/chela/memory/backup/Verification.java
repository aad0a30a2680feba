package ai.chela.memory.backup;

import ai.chela.memory.crypto.MasterKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a whole backup found.
 *
 * @param runs finished ones
 * @param last the moment as of which the last one read the database
 * @param stored versions of memories at that moment
 * @param forgotten versions that are known to be forgotten
 * @param opened memories of all runs that were opened with the master key; null when there was none to try
 */
public record Verification(
        int runs,
        Instant last,
        long stored,
        long forgotten,
        @Nullable Long opened) {
    /**
     * Reads everything, changes nothing.
     *
     * @param masters null to check without them
     * @throws ai.chela.memory.operator.Refusal naming the first thing that is wrong
     */
    public static Verification of(Path data, Path keys, @Nullable MasterKeys masters) throws IOException, SQLException {
        SetReading reading = SetReading.of(new BackupSet(data, keys));
        Manifest last = reading.runs().getLast();
        return new Verification(
                reading.runs().size(),
                last.takenAt(),
                last.stored(),
                reading.erased().size(),
                masters == null ? null : reading.openAll(masters));
    }
}
