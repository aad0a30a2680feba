package ai.chela.agent.planner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing to do.
 *
 * @param name a name of {@link Operators}
 * @param args JSON-like values (text, number, boolean, list, map), never null, in a fixed order
 */
public record Operation(String name, Map<String, Object> args) {
    public Operation {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }
}
