package ai.chela.memory.embedding;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jboss.logging.Logger;

/**
 * Lets the calling thread run only when the machine has little else to do. Java's own thread priorities do nothing on
 * Linux, where a thread has a nice value of its own; elsewhere this does nothing.
 */
final class LowPriority {
    private static final Logger LOG = Logger.getLogger(LowPriority.class);

    /** About a tenth of the share of a thread that is not nice. */
    static final int NICE = 10;

    /** {@code PRIO_PROCESS} of {@code sys/resource.h}; with id 0 it means the calling thread on Linux. */
    private static final int PRIO_PROCESS = 0;

    private LowPriority() {}

    static void take() {
        if (!System.getProperty("os.name").equals("Linux")) return;
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle setpriority = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("setpriority"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int failed = (int) setpriority.invokeExact(PRIO_PROCESS, 0, NICE);
            if (failed != 0) LOG.warn("event=embedding.priority outcome=refused");
        } catch (Throwable e) {
            // the work is done all the same, only not as quietly
            LOG.warn("event=embedding.priority outcome=failed", e);
        }
    }
}
