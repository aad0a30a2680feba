package ai.chela.memory.qdrant;

import java.util.List;

/**
 * Which history the database has that the index is made of. Numbers of changes mean something within one history only.
 *
 * @param id name of the present one: 12 hex digits
 * @param former those that a restore has ended; none: this database was never restored
 */
record History(String id, List<String> former) {
    History {
        former = List.copyOf(former);
    }

    boolean restored() {
        return !former.isEmpty();
    }
}
