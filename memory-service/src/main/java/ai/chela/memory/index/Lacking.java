package ai.chela.memory.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the entries that have no vector.
 *
 * @param next where the next page begins, in a form that only the index understands; null behind the last
 */
public record Lacking(List<String> ids, @Nullable String next) {}
