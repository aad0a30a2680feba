package ai.chela.memory.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one run wrote; the run counts from the moment its manifest is there. Each names the hash of the one before, so that
 * a set of which something is missing, changed or in another order is recognised.
 *
 * @param format of these files; this program reads and writes {@link #FORMAT}
 * @param set random id that all runs into a folder share
 * @param number of the run, from 1
 * @param full whether it holds everything, and not what changed since the run before
 * @param takenAt the moment as of which the database was read
 * @param previous SHA-256 of the manifest before, in hex; null in the first
 * @param sha256 of the file of lines, in hex
 * @param lines in it
 * @param changed versions of memories in it
 * @param erased ids of forgotten versions in it
 * @param stored versions of memories that the database held at that moment
 * @param history which history the database had, by its name; null in runs of an earlier version
 */
record Manifest(
        int format,
        String set,
        int number,
        boolean full,
        Instant takenAt,
        @Nullable String previous,
        String sha256,
        long lines,
        long changed,
        long erased,
        long stored,
        @Nullable String history) {
    static final int FORMAT = 1;
}
