package ai.chela.toolrunner.call;

import ai.chela.toolrunner.tool.Tool;
import java.time.Duration;

/** Which places a call runs in: what is over at once never waits behind what may hang. */
public enum Lane {
    /** Calls of tools that are allowed seconds. */
    QUICK,
    /** All others, such as commands in the sandbox: a person has at most half of the places while others may want one. */
    LONG;

    private static final Duration QUICK_AT_MOST = Duration.ofSeconds(5);

    static Lane of(Tool.Declaration tool) {
        return tool.limits().deadline().compareTo(QUICK_AT_MOST) <= 0 ? QUICK : LONG;
    }
}
