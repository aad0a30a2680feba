package ai.chela.launcher.bench;

import java.io.IOException;
import java.util.List;

/** One part of the benchmark. */
interface Measurement {
    /** As {@code --only} names it. */
    String name();

    /** What it is about, for people. */
    String title(Bench bench);

    /** Why it cannot be measured on this stack; empty when it can. */
    default String obstacle(Bench bench) {
        return "";
    }

    List<Finding> take(Bench bench) throws IOException, InterruptedException;
}
