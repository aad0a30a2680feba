package ai.chela.memory.index;

import java.util.List;

/**
 * Which history the database has that the index is made of. Numbers of changes mean something within one history only.
 *
 * @param id name of the present one: 12 hex digits
 * @param former those that a restore has ended; none: this database was never restored
 */
public record History(String id, List<String> former) {
    public History {
        former = List.copyOf(former);
    }

    /** Whether the numbers of an earlier history may be found somewhere. */
    public boolean restored() {
        return !former.isEmpty();
    }
}
