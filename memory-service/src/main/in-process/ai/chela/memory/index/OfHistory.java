package ai.chela.memory.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * Which history of the database the files of an index were made of, in a file beside them. How far they are is a number of
 * that history: after a restore the same number means something else, and what they hold may have been forgotten since.
 */
final class OfHistory {
    private static final Logger LOG = Logger.getLogger(OfHistory.class);
    private static final String MARK = "history";

    private OfHistory() {}

    /**
     * Empties an index of another history, before it is opened. Files of an earlier version name none: they are of the
     * present one unless the database was ever restored.
     *
     * @param home the home of the index; other things in it stay
     */
    static void enter(Path home, History history) {
        try {
            Path mark = home.resolve(MARK);
            boolean named = Files.exists(mark);
            if (named && Files.readString(mark).strip().equals(history.id())) return;
            if (named || history.restored()) {
                LOG.infof(
                        "event=index.emptied reason=\"made of another history of the database\" history=%s",
                        history.id());
                Folders.delete(home.resolve(EmbeddedIndex.WORDS));
                Folders.delete(home.resolve(EmbeddedIndex.VECTORS));
            }
            // last: who dies before empties it again
            Files.writeString(Folders.made(home).resolve(MARK), history.id());
        } catch (IOException e) {
            throw new UncheckedIOException("the index at " + home + " cannot be prepared", e);
        }
    }
}
