package ai.chela.memory.backup;

import java.util.List;

/**
 * Which files of keys belong to a set. They lie apart from the data, and unlike those they are written anew when a memory
 * was forgotten: then its key is left out.
 *
 * @param number of the run that wrote this last
 * @param finished number of the last run that was written to its end, and whose erasures the keys follow
 * @param head the keys of tenants and scopes, all of them
 * @param memories the keys of the memories of each run, in the order of the runs
 */
record KeyFiles(int format, String set, int number, int finished, Part head, List<Part> memories) {
    /**
     * @param file its name in the folder of the keys
     * @param sha256 of the file, in hex
     * @param lines in it
     */
    record Part(String file, String sha256, long lines) {}

    KeyFiles {
        memories = List.copyOf(memories);
    }
}
